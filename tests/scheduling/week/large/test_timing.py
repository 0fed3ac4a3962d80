"""Times of days with a known order: direct timing against the label rules, with and without that order."""

import numpy as np
import pytest

from scheduling.week.day.arrays import day_kinds
from scheduling.week.large.timing import plain_day, ruled_day
from tests.scheduling.week.plain_weeks import LAW, line, visit, week


def test_a_day_leaves_late_and_waits_where_it_must() -> None:
    """a opens at 600, b at 700: back at 780 in any case, so a may start up to 620, but both start early."""
    of = week(
        visit("a", windows=[[[600, 620]]]),
        visit("b", windows=[[[500, 510], [700, 800]]]),
        travel_min=line(0, 20),
    )
    day = plain_day(of, 0, [0, 1])
    assert (day.leave, day.back) == (600, 780)
    assert [(stop.arrive, stop.start) for stop in day.stops] == [(620, 620), (680, 700)]


@pytest.mark.parametrize("seed", range(8))
def test_the_direct_way_is_that_of_the_label_rules(seed: int) -> None:
    chance = np.random.default_rng(seed)
    opens = sorted(int(x) for x in chance.integers(480, 800, 4))
    visits = [
        visit(f"v{p}", p + 1, 30, windows=[[[a, a + 30], [a + 60, a + 90]]]) for p, a in enumerate(opens)
    ]
    of = week(*visits, travel_min=line(0, *(int(x) for x in chance.integers(1, 20, 4))))
    (kind,) = day_kinds(of)
    ruled = ruled_day(kind, [0, 1, 2, 3], ["v0", "v1", "v2", "v3"], least_work=True).day
    assert plain_day(of, 0, [0, 1, 2, 3]) == ruled


def test_few_stops_are_put_into_their_best_order() -> None:
    """Along a road the way there and back is 2 × 30 minutes if no stop is skipped."""
    of = week(*(visit(f"v{p}", p) for p in (1, 2, 3)), travel_min=line(0, 10, 20, 30), breaks=LAW)
    (kind,) = day_kinds(of)
    day = ruled_day(kind, [1, 0, 2], ["v1", "v2", "v3"], least_work=False).day
    assert day.back - day.leave == 3 * 60 + 60


def test_many_stops_keep_the_order_that_is_given() -> None:
    of = week(*(visit(f"v{p:02}", 1, 20) for p in range(14)), breaks=LAW)
    (kind,) = day_kinds(of)
    order = [*range(7, 14), *range(7)]
    day = ruled_day(kind, order, [v.id for v in of.visits], least_work=False).day
    assert [stop.id for stop in day.stops] == [f"v{p:02}" for p in order]
