"""Schedule visits: cadence, exact weekly routing, re-planning, and their judges."""
