"""Lists of rows: search, filters, sorting, pages, and changes of many rows at once."""
