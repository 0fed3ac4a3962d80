"""Exchanges priced by routed weeks."""
