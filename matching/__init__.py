"""Assign companies to buddies: eligible pairs, ordered objectives, the assignment kernel and its judge."""
