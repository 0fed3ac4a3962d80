"""Exported files: calendar, workbook, map, report."""
