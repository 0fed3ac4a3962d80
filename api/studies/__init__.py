"""Studies: computations that need both engines, to explore or tune a programme."""
