"""Long work: what is asked for, the queue, and who does it."""
