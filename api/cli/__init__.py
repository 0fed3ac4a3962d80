"""The `buddyplan` command, one file per group of commands."""
