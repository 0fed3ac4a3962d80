"""Hard rules of a pair and what a pair costs."""
