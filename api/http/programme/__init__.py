"""Imported and entered data."""
