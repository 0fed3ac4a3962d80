"""The engines, wired."""
