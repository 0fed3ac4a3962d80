"""Input side of the project: entities, tables, places, travel times, the store; the adapter to the solvers."""
