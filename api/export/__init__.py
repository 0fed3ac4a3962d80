"""Files that people and programs open: calendar, workbook, map, report."""
