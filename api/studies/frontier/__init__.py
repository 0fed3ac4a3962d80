"""What 1, 2 … positions serve."""
