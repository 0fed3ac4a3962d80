"""Studies: what needs both engines and is run by those who develop or tune a programme."""
