"""Settings, wiring, logs, metrics."""
