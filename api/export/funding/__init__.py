"""The report for a funding body: a host's work between two days, with the rows behind each figure."""
