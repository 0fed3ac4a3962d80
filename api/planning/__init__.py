"""The engines, put to work on a programme."""
