"""The choice of one route a day from a pool, against enumeration."""

from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest

from scheduling.week.large.arrays import WeekArrays, empty_state, week_arrays
from scheduling.week.large.day import label_buffer, time_day
from scheduling.week.large.relaxation import LargeRelaxation
from scheduling.week.large.route_choice import choose_routes
from scheduling.week.large.route_pool import RoutePool, empty_pool, remember
from tests.scheduling.week.drawn_weeks import ordinary_week

NEVER = np.zeros(1, dtype=np.int64)
MANY = 1_000_000
ALL_DAY = (480, 990)


def filled(seed: int, routes: int, days_alike: bool = False, **limits: int) -> tuple[WeekArrays, RoutePool]:
    """A week of ten visits, and a pool of short routes of its days in random order."""
    week = ordinary_week(10, seed=seed, breaks=None, max_work_min=None, **limits)
    if days_alike:
        visits = [visit.model_copy(update={"windows": ((ALL_DAY,),) * 5}) for visit in week.visits]
        week = week.model_copy(update={"visits": tuple(visits)})
    arrays = week_arrays(week)
    state, pool, buffer = empty_state(arrays), empty_pool(10, 100, 10), label_buffer()
    chance = Random(seed)
    while pool.used[0] < routes:
        i = chance.randrange(len(arrays.day))
        state.length[i] = chance.randint(1, 4)
        state.route[i, : state.length[i]] = chance.sample(range(10), int(state.length[i]))
        if time_day(arrays, state, i, buffer):
            remember(arrays, pool, state, i)
    return arrays, pool


def cheapest(arrays: WeekArrays, pool: RoutePool) -> int:
    """The least objective over all choices of routes."""
    rows = range(int(pool.used[0]))
    sets = [frozenset(int(v) for v in pool.stops[r, : pool.size[r]]) for r in rows]
    days = np.bincount(arrays.kind)
    best = int(arrays.penalty.sum())
    for many in range(1, min(len(arrays.day), arrays.max_days) + 1):
        for chosen in combinations(rows, many):
            kinds = np.bincount(pool.kind[list(chosen)], minlength=len(days))
            made = frozenset[int]().union(*(sets[r] for r in chosen))
            apart = len(made) == sum(len(sets[r]) for r in chosen)
            work = int(pool.work_min[list(chosen)].sum())
            if apart and (kinds <= days).all() and work <= arrays.max_work_min:
                left_out = sum(int(arrays.penalty[v]) for v in range(10) if v not in made)
                best = min(best, left_out + int(pool.cost[list(chosen)].sum()))
    return best


@pytest.mark.parametrize(
    "limits", [{}, {"max_days": 2}, {"max_week_work_min": 700}, {"days_alike": True}], ids=str
)
@pytest.mark.parametrize("seed", range(4))
def test_the_choice_is_the_best_of_all(seed: int, limits: dict[str, Any]) -> None:
    arrays, pool = filled(seed, 16, **limits)
    nothing = int(arrays.penalty.sum())
    prices = LargeRelaxation(arrays).price_pool(pool, NEVER)
    chosen = choose_routes(arrays, pool, prices, nothing, MANY, NEVER)
    assert chosen is not None
    stops, sizes = chosen
    made = [int(v) for route, size in zip(stops, sizes, strict=True) for v in route[:size]]
    state, buffer = empty_state(arrays), label_buffer()
    state.route[:], state.length[:] = stops, sizes
    assert all(time_day(arrays, state, i, buffer) for i in range(len(sizes)))
    assert nothing - int(arrays.penalty[made].sum()) + int(state.cost.sum()) == cheapest(arrays, pool)


def test_no_choice_is_made_where_the_pool_holds_no_better_plan() -> None:
    arrays, pool = filled(1, 16)
    prices = LargeRelaxation(arrays).price_pool(pool, NEVER)
    assert choose_routes(arrays, pool, prices, cheapest(arrays, pool), MANY, NEVER) is None


def test_a_pool_keeps_the_cheapest_route_of_a_set() -> None:
    arrays, pool = filled(2, 12)
    state, buffer = empty_state(arrays), label_buffer()
    before, row = int(pool.used[0]), int(np.argmax(pool.size))
    i = int(np.argmax(arrays.kind == pool.kind[row]))
    cost = int(pool.cost[row])
    pool.cost[row] += 5
    state.length[i] = pool.size[row]
    state.route[i, : pool.size[row]] = pool.stops[row, : pool.size[row]]
    assert time_day(arrays, state, i, buffer)
    remember(arrays, pool, state, i)
    assert (int(pool.used[0]), int(pool.cost[row])) == (before, cost)
