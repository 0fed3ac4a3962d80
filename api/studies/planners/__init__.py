"""What readers who see aggregates only may ask in a scenario, and what they see of a study."""
