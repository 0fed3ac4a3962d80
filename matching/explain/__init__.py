"""Explain a matching, and what would change it, by solving again."""
