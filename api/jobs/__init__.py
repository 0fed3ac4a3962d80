"""Long work: what is asked for, the queue, the worker, and the solver in a process of its own."""
