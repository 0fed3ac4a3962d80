"""Judges without a solver."""
