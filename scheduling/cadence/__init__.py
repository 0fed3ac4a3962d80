"""Which contact falls in which week."""
