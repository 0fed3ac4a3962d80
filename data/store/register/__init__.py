"""The rows of a programme as they are now, and the journal of what changed them."""
