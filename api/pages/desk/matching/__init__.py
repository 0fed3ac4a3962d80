"""The matching."""
