"""The reference data of a programme: what ships, what one brings, and what is made of them."""
