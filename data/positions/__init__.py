"""Positions that might be funded."""
