"""The `buddyplan` command, one file a group of commands."""
