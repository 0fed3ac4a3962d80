"""A write with its audit row and the answer kept under its key: one transaction."""
