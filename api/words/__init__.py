"""Sentences in German and English."""
