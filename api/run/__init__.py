"""A run and views on it."""
