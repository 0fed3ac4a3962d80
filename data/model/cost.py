"""What a buddy costs in a year, the one rule for frontiers and budgets."""

from data.model.policy import Policy
from data.model.problem import Buddy

FULL_TIME_WEEK_MIN = 2400
"""Contract minutes a week of a full position: 40 hours."""


def yearly_cents(buddy: Buddy, policy: Policy) -> int:
    """Return a buddy's cost in a year: the contract's share of a full position, halves up, in cents."""
    share = policy.cost_cents_per_fte_year * buddy.week_work_min
    return (2 * share + FULL_TIME_WEEK_MIN) // (2 * FULL_TIME_WEEK_MIN)
