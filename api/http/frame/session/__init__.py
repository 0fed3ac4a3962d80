"""A browser's session: its cookie, its end, and when it was used last."""
