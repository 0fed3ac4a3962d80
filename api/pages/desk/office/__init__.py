"""Overview, import, users."""
