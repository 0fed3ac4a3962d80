"""Lexicographic objectives: each level is limited while the next one is solved."""
