"""The matching pages."""
