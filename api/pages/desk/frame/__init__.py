"""What all pages of the desk share."""
