"""Tests of the matching: kernel, eligibility, objectives and judge."""
