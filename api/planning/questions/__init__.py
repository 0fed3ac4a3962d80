"""The smallest things in seconds: who takes a company, what an absence hits, what a change makes possible."""
