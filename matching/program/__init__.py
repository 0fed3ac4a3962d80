"""Integer programs and the interface to the solver."""
