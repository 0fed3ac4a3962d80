"""Outcomes of scenarios."""
