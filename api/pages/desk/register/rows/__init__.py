"""One row: its form, what belongs to it, its changes; and the rows that have pages of their own kind."""
