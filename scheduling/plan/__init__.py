"""All weeks of all buddies."""
