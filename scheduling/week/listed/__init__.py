"""Kernel: weeks small enough to list all their routes."""
