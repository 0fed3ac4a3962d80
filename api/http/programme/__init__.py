"""What is imported and entered."""
