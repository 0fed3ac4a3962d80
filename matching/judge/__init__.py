"""Judges of matchings and frontiers that use no solver."""
