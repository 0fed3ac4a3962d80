"""Rows of the register: what they hold, how they are known, who sees them."""
