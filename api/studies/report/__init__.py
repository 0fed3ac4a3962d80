"""Studies in reports and files."""
