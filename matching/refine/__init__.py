"""Refine a matching by exchanges, priced by routed weeks."""
