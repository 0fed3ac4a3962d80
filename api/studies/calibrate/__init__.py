"""Fits expected travel to planned weeks."""
