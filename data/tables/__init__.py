"""Read CSV files and workbooks into a problem, or into findings."""
