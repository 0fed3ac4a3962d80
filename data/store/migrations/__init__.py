"""Migrations from an empty database to the current tables; a released migration is never changed."""
