"""Candidate positions for funding."""
