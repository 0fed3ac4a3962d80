"""Commands that study scenarios: batches, draws under stress, positions to fill and the frontier."""
