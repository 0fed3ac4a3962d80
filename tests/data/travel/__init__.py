"""Tests of the travel time sources."""
