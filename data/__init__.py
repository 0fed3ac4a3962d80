"""Everything in: entities, tables, places, travel times, and the store; and the way to the solvers."""
