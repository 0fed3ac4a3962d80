"""Plans under stress."""
