"""Users, keys, sign-in."""
