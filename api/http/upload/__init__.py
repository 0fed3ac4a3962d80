"""Checks of uploaded files."""
