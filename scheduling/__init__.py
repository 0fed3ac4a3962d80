"""Which visit happens when: cadence, exact weeks, and their judge."""
