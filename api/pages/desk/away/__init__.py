"""Absences and leaving: who is away, who takes over, and what is handed over."""
