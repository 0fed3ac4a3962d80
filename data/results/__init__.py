"""Results of the engines, and events that disrupt them."""
