"""Integer programs and the one solver they go to."""
