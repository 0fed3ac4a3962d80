"""Sentences, German and English."""
