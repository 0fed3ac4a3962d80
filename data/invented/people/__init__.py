"""Invented hosts, staff, firms and specialists."""
