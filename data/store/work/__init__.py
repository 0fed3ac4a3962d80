"""What is planned, asked for and promised."""
