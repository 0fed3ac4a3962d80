"""Integer programs, and how they are minimised with proof."""
