"""Kernel: Lagrangian branch and bound for one resource."""
