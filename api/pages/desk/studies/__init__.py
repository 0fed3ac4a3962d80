"""The what-if pages."""
