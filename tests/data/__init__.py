"""What the data package promises."""
