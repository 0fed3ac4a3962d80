"""Pages for people: rendered here, readable without scripts, beside `/api/v1` and by its functions."""
