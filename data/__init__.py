"""Everything in: entities, tables, places, travel times, and the store."""
