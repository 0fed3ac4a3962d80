"""A user's own account: language, password, keys, and a buddy's calendar link."""
