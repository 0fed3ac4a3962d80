"""Tests of `data.results`."""
