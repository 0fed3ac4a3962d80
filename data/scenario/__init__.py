"""Scenarios: named lists of changes to a problem."""
