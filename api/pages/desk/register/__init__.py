"""The rows of a programme by hand: one kind of list and of form, made of the columns of an entity."""
