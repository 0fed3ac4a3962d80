"""Plan all weeks of all buddies."""
