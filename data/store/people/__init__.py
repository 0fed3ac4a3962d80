"""Who may sign in, keys, audit."""
