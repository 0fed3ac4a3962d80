"""The week pages."""
