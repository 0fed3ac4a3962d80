"""Kernel: the best week of one traveller, with proof."""
