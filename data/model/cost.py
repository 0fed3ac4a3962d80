"""What buddies cost in a year, used by both frontiers and budgets, and what their ways cost."""

from data.model.policy import Policy
from data.model.problem import Buddy

FULL_TIME_WEEK_MIN = 2400
"""Weekly contract minutes of a full-time position: 40 hours."""


def yearly_cents(buddy: Buddy, policy: Policy) -> int:
    """Return a buddy's yearly cost in cents: the contract's share of a full position, halves rounded up."""
    share = policy.cost_cents_per_fte_year * buddy.week_work_min
    return (2 * share + FULL_TIME_WEEK_MIN) // (2 * FULL_TIME_WEEK_MIN)


def travel_cents(distance_m: int, policy: Policy) -> int:
    """Return the cost of a distance in cents, halves rounded up."""
    return (2 * distance_m * policy.cost_cents_per_km + 1000) // 2000
