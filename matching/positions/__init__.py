"""Which positions to fund."""
