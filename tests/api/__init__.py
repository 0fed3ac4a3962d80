"""Tests of the way out: runs, exports and commands."""
