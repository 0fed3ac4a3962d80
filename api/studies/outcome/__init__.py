"""What came of a scenario."""
