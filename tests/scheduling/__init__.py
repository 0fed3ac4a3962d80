"""The specification of the scheduling engine."""
