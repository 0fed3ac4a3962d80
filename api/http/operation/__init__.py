"""Health, metrics, audit."""
