"""Expected travel fitted to planned weeks."""
