"""Named lists of changes that make another problem."""
