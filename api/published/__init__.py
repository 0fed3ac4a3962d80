"""What is in force: publishing, moving, own weeks."""
