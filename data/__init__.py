"""Input side of the project: entities, tables, places, travel times, and the store."""
