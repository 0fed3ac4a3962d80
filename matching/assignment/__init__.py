"""Kernel: items to agents within capacities, with bound."""
