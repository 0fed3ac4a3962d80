"""Kernel: Lagrangian branch and bound, one resource."""
