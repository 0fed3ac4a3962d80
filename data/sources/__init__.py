"""What a programme takes places and travel from, as one value that can be kept."""
