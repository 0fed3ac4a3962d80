"""The buddy's pages: today, the week, one stop, moving it, and the last week offline."""
