"""Reopen published weeks and plan them again."""
