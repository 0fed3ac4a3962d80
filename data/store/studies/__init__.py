"""Scenarios and what came of them."""
