"""Long computations: job inputs, the queue, the worker, and a solver process for each job."""
