"""Ordered objectives, each held while the next is solved."""
