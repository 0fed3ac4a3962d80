"""Kernel: the optimal week of one traveller, with proof."""
