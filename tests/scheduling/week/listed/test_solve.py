"""What is told of a week whose search is ended before it knows."""

import numpy as np

from data.base.status import Status
from scheduling.week.listed.solve import ListedWeek
from tests.scheduling.week.plain_weeks import visit, week


def test_required_visits_that_only_fractions_of_days_hold_have_no_answer_when_time_is_over() -> None:
    """A day holds two of three visits at one place; two such places fill 1.5 + 1.5 days, but need four.

    So the bound does not exclude what only a search can.
    """
    here = [visit(f"a{i}", 1, required=True) for i in range(3)]
    there = [visit(f"b{i}", 2, required=True) for i in range(3)]
    apart = [[0, 20, 20], [20, 0, 999], [20, 999, 0]]
    of = week(*here, *there, days=({"start": 480, "end": 660},) * 3, travel_min=apart)
    stopped, free = (ListedWeek(of, np.zeros(1, dtype=np.int64)) for _ in range(2))
    assert free.best().status is Status.INFEASIBLE
    stopped.stop[0] = 1
    assert stopped.best().status is Status.UNKNOWN
