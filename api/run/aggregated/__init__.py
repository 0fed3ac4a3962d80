"""Figures without names: merged where they stand for few, and rounded where a reader may subtract."""
