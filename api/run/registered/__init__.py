"""Programmes of the service as their registers have them, and files taken into these."""
