"""Judges of week plans that use no solver."""
