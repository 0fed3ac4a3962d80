"""Everything out: the command line, the service and the exports."""
