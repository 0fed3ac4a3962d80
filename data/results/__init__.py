"""What comes out of the engines, and what disrupts it."""
