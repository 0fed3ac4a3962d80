"""Why, and what would change it: solved again."""
