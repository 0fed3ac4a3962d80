"""Assign contacts to weeks."""
