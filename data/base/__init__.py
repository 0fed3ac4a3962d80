"""Building blocks without domain knowledge: records, errors, statuses, compiled kernels, solver file text."""
