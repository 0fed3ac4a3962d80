"""CSV files and workbooks become a problem, or findings."""
