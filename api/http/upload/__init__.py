"""The guard of uploaded files."""
