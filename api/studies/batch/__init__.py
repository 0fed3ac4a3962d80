"""Many scenarios, on many machines."""
