"""Matchings, plans, pins, slots, jobs."""
