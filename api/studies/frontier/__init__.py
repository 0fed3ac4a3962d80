"""What 1, 2 … positions can serve."""
