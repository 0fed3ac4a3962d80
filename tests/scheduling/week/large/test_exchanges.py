"""Exchanges between two days and moves within one: what they save, and what keeps them from being made."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scheduling.week.instance import WeekInstance
from scheduling.week.large.arrays import WeekArrays, WeekState, empty_state, week_arrays
from scheduling.week.large.day import label_buffer
from scheduling.week.large.exchanges import exchange
from scheduling.week.large.search import load
from tests.drawn import drawn
from tests.scheduling.week.plain_weeks import DAY, LAW, line, visit, week

EAST_AND_WEST = line(0, 30, 31, -30, -31)
"""The base, two places in the east and two in the west."""


def planned(arrays: WeekArrays, routes: Sequence[Sequence[int]]) -> WeekState:
    """Plan the days by these routes; one that is not possible stays empty."""
    state, rows = empty_state(arrays), np.zeros((len(routes), len(arrays.penalty)), dtype=np.int64)
    for row, route in zip(rows, routes, strict=True):
        row[: len(route)] = route
    load(arrays, state, rows, np.array([len(route) for route in routes]), label_buffer())
    return state


def exchanged(of: WeekInstance, *routes: Sequence[int]) -> WeekState:
    """Plan the days by these routes, and exchange until nothing improves."""
    arrays = week_arrays(of)
    state, touched = planned(arrays, routes), np.ones(len(routes), dtype=np.int64)
    exchange(arrays, state, empty_state(arrays), touched, label_buffer())
    return state


def routes_of(state: WeekState) -> list[list[int]]:
    return [row[:size].tolist() for row, size in zip(state.route, state.length, strict=True)]


def four(**fields: Any) -> WeekInstance:
    """Two visits in the east (0, 1) and two in the west (2, 3), on two days."""
    first = visit("a", 1, **fields.pop("first", {}))
    others = (visit(key, node, **fields.pop(key, {})) for key, node in (("b", 2), ("c", 3), ("d", 4)))
    return week(first, *others, days=(DAY, DAY), **{"travel_min": EAST_AND_WEST} | fields)


def test_visits_change_places_until_each_day_stays_on_one_side() -> None:
    """30 + 60 + 30 and 31 + 62 + 31 minutes become twice 31 + 31."""
    state = exchanged(four(), [0, 2], [1, 3])
    assert sorted(map(sorted, routes_of(state))) == [[0, 1], [2, 3]]
    assert state.cost.sum() == 124


def test_a_visit_that_is_closed_on_the_other_day_stays() -> None:
    """b is possible on Tuesday alone, so a goes there."""
    state = exchanged(four(b={"windows": [[], [[0, 1440]]]}), [0, 2], [1, 3])
    assert {*routes_of(state)[1]} == {0, 1}


def test_visits_of_one_group_never_share_a_day() -> None:
    apart = {"first": {"group": "g"}, "b": {"group": "g"}, "c": {"group": "h"}, "d": {"group": "h"}}
    state = exchanged(four(**apart), [0, 2], [1, 3])
    assert state.cost.sum() == 244


def test_no_exchange_passes_the_limit_of_the_week() -> None:
    """East and west, the days end at 14:11 and 16:13, after 371 + 493 minutes from 8:00."""
    at = {key: {"windows": [[[start, start]]] * 2} for key, start in (("b", 760), ("c", 630), ("d", 882))}
    first = {"windows": [[[510, 510]]] * 2}
    enough = exchanged(four(first=first, **at, max_week_work_min=864), [0, 2], [1, 3])
    assert sorted(map(sorted, routes_of(enough))) == [[0, 1], [2, 3]]
    limited = exchanged(four(first=first, **at, max_week_work_min=863), [0, 2], [1, 3])
    assert sorted(map(sorted, routes_of(limited))) != [[0, 1], [2, 3]]
    assert limited.work_min.sum() <= 863


def test_a_piece_moves_within_its_day() -> None:
    """To 30, then 10, 20 and home are 30 + 20 + 10 + 20 minutes; in the order of the road twice 30."""
    of = week(visit("a", 3), visit("b", 1), visit("c", 2), travel_min=line(0, 10, 20, 30))
    state = exchanged(of, [0, 1, 2])
    assert state.cost.sum() == 60


@st.composite
def planned_weeks(draw: st.DrawFn) -> tuple[WeekInstance, list[list[int]]]:
    """Weeks of two days with any legs, some windows, with and without the law on breaks."""
    n = draw(st.integers(2, 7))
    minutes = st.integers(0, 60)
    legs = [[0 if a == b else draw(minutes) for b in range(n + 1)] for a in range(n + 1)]
    opens = st.sampled_from([[[0, 1440]], [[480, 700]], [[600, 1000]]])
    visits = [
        visit(f"v{v}", v + 1, draw(st.integers(5, 40)), windows=[draw(opens), draw(opens)]) for v in range(n)
    ]
    of = week(*visits, days=(DAY, DAY), travel_min=legs, breaks=draw(st.sampled_from([None, LAW])))
    order = draw(st.permutations(range(n)))
    cut = draw(st.integers(0, n))
    return of, [[*order[:cut]], [*order[cut:]]]


@drawn(100)
@given(planned_weeks())
def test_exchanges_keep_all_rules_and_never_cost(drawn_week: tuple[WeekInstance, list[list[int]]]) -> None:
    """The state afterwards is that of its routes timed anew, has the same visits, and costs no more."""
    of, routes = drawn_week
    arrays = week_arrays(of)
    before, after = planned(arrays, routes), exchanged(of, *routes)
    again = planned(arrays, routes_of(after))
    assert sorted(chain(*routes_of(after))) == sorted(chain(*routes_of(before)))
    assert after.cost.tolist() == again.cost.tolist()
    assert after.day_of.tolist() == again.day_of.tolist()
    assert after.cost.sum() <= before.cost.sum()
