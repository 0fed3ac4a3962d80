"""Checks beyond a single cell."""
