"""Choose which positions to fund."""
