"""Kernel: weeks whose routes are all listed."""
