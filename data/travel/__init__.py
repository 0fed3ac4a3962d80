"""Minutes and metres between places."""
