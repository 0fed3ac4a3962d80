"""Travel minutes and metres between places."""
