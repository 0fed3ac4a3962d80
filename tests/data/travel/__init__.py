"""What the sources of travel times promise."""
