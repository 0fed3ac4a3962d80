"""Published weeks, opened again."""
