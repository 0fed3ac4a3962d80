"""What is told of a week whose search is ended before it knows."""

import numpy as np

from data.base.status import Status
from scheduling.week.listed.layer import least_left_out
from scheduling.week.listed.solve import ListedWeek
from tests.scheduling.week.plain_weeks import visit, week

APART = [[0, 20, 20], [20, 0, 999], [20, 999, 0]]


def test_required_visits_that_only_fractions_of_days_hold_have_no_answer_when_time_is_over() -> None:
    """A day holds two of three visits at one place; two such places fill 1.5 + 1.5 days, but need four.

    So the bound does not exclude what only a search can.
    """
    here = [visit(f"a{i}", 1, required=True) for i in range(3)]
    there = [visit(f"b{i}", 2, required=True) for i in range(3)]
    of = week(*here, *there, days=({"start": 480, "end": 660},) * 3, travel_min=APART)
    stopped, free = (ListedWeek(of, np.zeros(1, dtype=np.int64)) for _ in range(2))
    assert free.best().status is Status.INFEASIBLE
    stopped.stop[0] = 1
    assert stopped.best().status is Status.UNKNOWN


def test_what_has_to_be_left_out_is_bounded_by_its_cheapest_minutes() -> None:
    """Of 45 minutes 30 have to go: three small visits cost 1 each for 5 minutes, the large one 90 for 30.

    Whole visits: the large one alone would do, so at least the cheapest one goes, which costs 1. Minutes: the
    three small ones, then half of the large one: 3 · 0.99… + 45, each rounded down, so 0 + 44.
    """
    share, cost = np.array([30, 5, 5, 5]), np.array([90, 1, 1, 1])
    by_minute, by_cost, by_share = [1, 2, 3, 0], [1, 2, 3, 0], [0, 1, 2, 3]
    assert least_left_out(0b1111, 15, share, cost, np.array([by_minute, by_cost, by_share])) == 44
    assert least_left_out(0b1111, 45, share, cost, np.array([by_minute, by_cost, by_share])) == 0
