"""Orders that are late on the way: what a tight day takes after all, and what stays impossible."""

from collections.abc import Sequence
from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scheduling.week.instance import WeekInstance
from scheduling.week.large.arrays import NO_LIMIT, WeekState, empty_state, week_arrays
from scheduling.week.large.day import label_buffer
from scheduling.week.large.search import objective
from scheduling.week.large.squeeze import squeeze, squeeze_some
from tests.drawn import drawn
from tests.scheduling.week.large.test_exchanges import planned, routes_of
from tests.scheduling.week.plain_weeks import LAW, line, visit, week

TRIES = 20_000


def squeezed(of: WeekInstance, route: Sequence[int], extra: int) -> tuple[bool, WeekState]:
    """Plan the only day by this route, and squeeze a missing visit in (-1: none)."""
    arrays = week_arrays(of)
    state = planned(arrays, [route])
    random, tries = np.array([4711], dtype=np.int64), np.array([TRIES], dtype=np.int64)
    done = squeeze(arrays, state, empty_state(arrays), 0, extra, random, tries, label_buffer())
    return bool(done), state


TIGHT = week(
    visit("a", 1, windows=[[[480, 600]]], duration_min=30),
    visit("b", 2, windows=[[[480, 540]]], duration_min=30),
    visit("c", 3, windows=[[[480, 600]]], duration_min=30),
    travel_min=line(0, 10, 20, 30),
)
"""On a road, ten minutes apart, from 8:00: b must begin by 9:00, a and c by 10:00."""


def test_a_visit_that_fits_nowhere_between_the_others_fits_in_another_order() -> None:
    """c (8:30 to 9:00), a (9:20 to 9:50): b begins at 9:10 between them and at 10:00 after them, too late.

    Before them it begins at 8:20, and all three are planned, in the order of the road back: twice 30.
    """
    arrays = week_arrays(TIGHT)
    state = planned(arrays, [[2, 0]])
    assert state.cost[0] == 60
    done, state = squeezed(TIGHT, [2, 0], 1)
    assert done and sorted(routes_of(state)[0]) == [0, 1, 2]
    assert state.cost[0] == 60


def test_without_an_order_for_all_the_day_stays_as_it_was() -> None:
    """b and d, 40 minutes apart, must both begin by 8:20."""
    of = week(
        visit("a", 1),
        visit("b", 2, windows=[[[480, 500]]], duration_min=30),
        visit("d", 3, windows=[[[480, 500]]], duration_min=30),
        travel_min=line(0, 10, 20, -20),
    )
    done, state = squeezed(of, [1, 0], 2)
    assert not done
    assert routes_of(state) == [[1, 0]] and state.day_of[2] == -1
    assert state.cost[0] == 40


def test_a_day_is_shortened() -> None:
    """30, 10, 20 and home are 80 minutes; in the order of the road 60."""
    of = week(visit("a", 3), visit("b", 1), visit("c", 2), travel_min=line(0, 10, 20, 30))
    done, state = squeezed(of, [0, 1, 2], -1)
    assert done and state.cost[0] == 60


def test_two_of_a_group_never_share_the_day() -> None:
    of = week(visit("a", 1, group="g"), visit("b", 2, group="g"), travel_min=line(0, 10, 20))
    done, state = squeezed(of, [0], 1)
    assert not done and routes_of(state) == [[0]]


def test_a_visit_that_costs_more_than_it_is_worth_stays_out() -> None:
    """b adds 20 minutes of travel; without it 19 are paid."""
    for penalty, right in ((19, False), (21, True)):
        of = week(visit("a", 1), visit("b", 2, penalty=penalty), travel_min=line(0, 10, 20))
        assert squeezed(of, [0], 1)[0] is right


@st.composite
def tight_days(draw: st.DrawFn) -> WeekInstance:
    """One day of up to five visits, whose windows some order keeps, with or without the law on breaks."""
    n = draw(st.integers(2, 5))
    nodes = [draw(st.integers(-40, 40)) for _ in range(n)]
    order, legs = draw(st.permutations(range(n))), line(0, *nodes)
    now, here, starts = 480, 0, dict[int, int]()
    for v in order:
        now += legs[here][v + 1]
        starts[v] = now
        now, here = now + 15, v + 1
    slack = st.integers(0, 40)
    visits = [
        visit(
            f"v{v}", v + 1, duration_min=15, penalty=1000,
            windows=[[[max(480, starts[v] - draw(slack)), starts[v] + draw(slack)]]],
        )
        for v in range(n)
    ]  # fmt: skip
    return week(*visits, travel_min=legs, breaks=draw(st.sampled_from([None, LAW])))


@drawn(60)
@given(tight_days(), st.data())
def test_the_day_takes_all_visits_at_a_cost_that_some_order_has(
    of: WeekInstance, data: st.DataObject
) -> None:
    """Brute force over all orders; the search may miss the cheapest, but its cost is that of its order."""
    arrays, n = week_arrays(of), len(of.visits)
    extra = data.draw(st.integers(0, n - 1))
    cheapest = {order: cost for order in permutations(range(n)) if (cost := cost_of(of, order)) < NO_LIMIT}
    without = [
        order for order in permutations(v for v in range(n) if v != extra) if cost_of(of, order) < NO_LIMIT
    ]
    if not without:
        return
    done, state = squeezed(of, without[0], extra)
    if not cheapest:
        assert not done
    if done:
        order = tuple(routes_of(state)[0])
        assert sorted(order) == list(range(n)) and state.cost[0] == cheapest[order]
    else:
        assert routes_of(state) == [list(without[0])]
    if of.breaks is None:
        assert done is bool(cheapest)
    assert sum(objective(arrays, state)) == (0 if done else 1000) + state.cost[0]


def cost_of(of: WeekInstance, order: Sequence[int]) -> int:
    """The cost of a day in this order, NO_LIMIT if it cannot be kept."""
    state = planned(week_arrays(of), [order])
    return int(state.cost[0]) if state.length[0] == len(order) else NO_LIMIT


def test_squeezing_stops_when_told_and_after_its_tries() -> None:
    arrays = week_arrays(TIGHT)
    for tries, stop, planned_after in ((0, 0, 2), (TRIES, 1, 2), (TRIES, 0, 3)):
        state = planned(arrays, [[2, 0]])
        left = np.array([tries], dtype=np.int64)
        changed = squeeze_some(
            arrays, state, empty_state(arrays), np.array([4711], dtype=np.int64), TRIES, left,
            np.array([stop], dtype=np.int64), label_buffer(),
        )  # fmt: skip
        assert (bool(changed), int(state.length[0])) == (planned_after == 3, planned_after)
