"""Users, keys and the audit log."""
