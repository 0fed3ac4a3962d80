"""Ties between weeks of equal objective are broken by more even days, then by earlier returns.

Node 1 is 20 minutes from the base and a day lasts from 480 to 990, unless a test says otherwise.
"""

from itertools import product

import numpy as np
from hypothesis import assume, given

from data.base.status import Status
from scheduling.week.day_judge import work_of
from scheduling.week.instance import WeekInstance, WeekResult
from scheduling.week.judge import check_week
from scheduling.week.listed.solve import ListedWeek
from scheduling.week.solve import solve_week
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import tiny_weeks
from tests.scheduling.week.plain_weeks import DAY, planned, solved, visit, week


def evenness(of: WeekInstance, result: WeekResult) -> tuple[int, int]:
    """The spread of work over the days used, and the sum of returns."""
    used = [(d, day) for d, day in enumerate(result.days) if day is not None]
    works = [work_of(of, d, day) for d, day in used]
    return max(works, default=0) - min(works, default=0), sum(day.back for _, day in used)


def test_days_are_as_even_as_equal_travel_allows() -> None:
    # Two a day because of their groups, at the base: 90 + 30 and 60 + 60 are even, 90 + 60 and 60 + 30 differ
    # by 60.
    long, short = {"node": 0, "group": "g"}, {"node": 0, "group": "h"}
    of = week(
        visit("a", duration_min=90, **long),
        visit("b", duration_min=60, **long),
        visit("c", duration_min=60, **short),
        visit("d", duration_min=30, **short),
        days=(DAY, DAY),
    )
    result = solved(of)
    assert result.objective == 0
    assert sorted(sorted(day) for day in planned(result) if day) == [["a", "d"], ["b", "c"]]


def test_of_days_as_even_the_earlier_return_is_taken() -> None:
    # Open from 600 on Monday and from 480 on Tuesday: 100 min of work only on Tuesday.
    late, early = [[600, 900]], [[480, 900]]
    result = solved(week(visit("a", windows=[late, early]), days=(DAY, DAY)))
    assert planned(result) == [None, ["a"]]


@drawn(80)
@given(tiny_weeks(most_visits=5, length=14))
def test_no_plan_of_the_same_objective_is_more_even(of: WeekInstance) -> None:
    """Enumerate all ways to give each day one of its listed routes."""
    assume(of.breaks is None and of.max_week_work_min is None)
    result = solve_week(of)
    assume(result.status is Status.OPTIMAL)
    assert check_week(of, result) == []
    assert evenness(of, result) == min(equal_plans(of, result))


def equal_plans(of: WeekInstance, result: WeekResult) -> list[tuple[int, int]]:
    """The evenness of every plan that is as good as the result."""
    listed = ListedWeek(of, np.zeros(1, dtype=np.int64))
    choices: list[list[tuple[int, int, int, int]]] = [[(0, 0, 0, 0)] for _ in of.days]
    for routes in listed.routes:
        for d in routes.kind.days:
            columns = (routes.mask, routes.cost, routes.work_min, routes.back)
            choices[d] += [(int(m), int(c), int(w), int(b)) for m, c, w, b in zip(*columns, strict=True)]
    found = []
    for plan in product(*choices):
        made = sum(mask for mask, _, _, _ in plan)
        used = [(work, back) for mask, _, work, back in plan if mask]
        left_out = sum(int(p) for v, p in enumerate(listed.penalty) if not made >> v & 1)
        apart = made.bit_count() == sum(mask.bit_count() for mask, _, _, _ in plan)
        required = all(made >> v & 1 for v in np.flatnonzero(listed.required))
        allowed = apart and required and (of.max_days is None or len(used) <= of.max_days)
        if allowed and left_out + sum(cost for _, cost, _, _ in plan) == result.objective:
            works = [work for work, _ in used]
            found.append((max(works, default=0) - min(works, default=0), sum(back for _, back in used)))
    return found
