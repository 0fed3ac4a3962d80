"""Kernel: weeks too large to list."""
