"""The report for a funding body: what a host's buddies did between two days, each figure by its rows."""
