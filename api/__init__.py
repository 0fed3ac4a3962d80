"""The interfaces: command line, service and exports."""
