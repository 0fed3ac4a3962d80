"""Kernel: routes and times of one day."""
