"""Kernel: assign items to agents within capacities, with a bound."""
