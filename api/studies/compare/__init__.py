"""Outcomes side by side."""
