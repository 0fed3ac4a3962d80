"""Inviting people, and their answer."""
