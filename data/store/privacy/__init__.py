"""Retention, erasure, own data."""
