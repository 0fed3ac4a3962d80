"""What knows no programme: records, errors, statuses, compiled kernels, texts of solver files."""
