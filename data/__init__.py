"""Input side of the project: entities, tables, places, travel times, the store; the solvers' adapter."""
