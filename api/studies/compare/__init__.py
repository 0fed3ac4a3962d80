"""Compares outcomes."""
