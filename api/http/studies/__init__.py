"""Scenarios and studies."""
