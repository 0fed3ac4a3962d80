"""The best set of day routes, at most one a day: a dynamic program over the days.

A state is the set of visits settled so far with its cost, work and days; its excess is a lower bound, from
the duals, on how far every completion exceeds the bound. Only states whose excess is within a budget are
kept. So a search that finds nothing proves that the objective exceeds bound + budget, and a plan found within
its budget is proved optimal. A visit that no later day can take is settled immediately: charged if it was not
made, and counted as done, so that states that differ only in the past coincide.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from data.base.compiled import Ints, Small
from scheduling.week.day.routes import DayRoutes
from scheduling.week.listed.bound import Duals, Relaxation
from scheduling.week.listed.layer import (
    BACKS,
    BEFORE,
    BUDGET,
    COST,
    COVERED,
    DAYS,
    EXCESS,
    FIELDS,
    FREE_DAYS,
    FREE_WORK,
    IDLE,
    LIMITS,
    LONGEST,
    MAX_DAYS,
    MAX_WORK,
    REACH,
    ROUTE,
    SETTLED,
    SHORTEST,
    VISITS_TO_COME,
    WORK,
    WORK_TO_COME,
    next_layer,
)
from scheduling.week.listed.route_list import (
    NOTHING,
    R_BACK,
    R_FIELDS,
    R_LENGTH,
    added_work,
    max_bits,
    route_index,
    routes_within,
    sums_of_bits,
)

MOST_STATES = 6_000_000
NO_LIMIT = 1 << 40
"""More than any number of routes, states, days or minutes in a week."""
BEAM = 500
"""Number of states of a day with which a search continues if it cannot keep all."""
FORBIDDEN = 1 << 62
"""The excess of leaving out a required visit: above every budget."""


Lengths = Callable[[int, Ints], tuple[Ints, Ints]]
"""Returns the work of the day and the return for some routes of a kind of day, given by position."""


@dataclass(frozen=True)
class Chosen:
    """The chosen routes, as (day, kind, route), and the objective of the whole plan."""

    objective: int
    routes: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Search:
    """One search within a budget: its best plan, if any, whether it saw all states, and their number."""

    plan: Chosen | None
    complete: bool
    states: int


class WeekSearch:
    """The routes of all days with their reduced costs, ready to be searched within growing budgets."""

    def __init__(
        self, kinds: tuple[DayRoutes, ...], relaxation: Relaxation, duals: Duals, share: Ints
    ) -> None:
        self.days = [(d, k) for k, kind in enumerate(kinds) for d in kind.kind.days]
        self.routes, self.limits, self.duals = relaxation.routes, relaxation.limits, duals
        self.ceiling, self.share = relaxation.ceiling, share
        self.left_cost = relaxation.price
        # A required visit is never cheap enough to be left out.
        self.left_excess = np.where(relaxation.optional, duals.saved, FORBIDDEN)
        self.dear = np.argsort(-self.left_excess, kind="stable")
        by_minute = np.argsort(self.left_cost / np.maximum(1, share), kind="stable")
        self.cheapest = np.stack(
            (by_minute, np.argsort(self.left_cost, kind="stable"), np.argsort(-share, kind="stable"))
        )
        first = self.routes.first
        masks = [self.routes.mask[a:b] for a, b in pairwise(first)]
        self.covers = [_bits_of(of_kind) for of_kind in masks]
        self.longest = [max_bits(of_kind) for of_kind in masks]
        self.most_work = [int(self.routes.work_min[a:b].max(initial=0)) for a, b in pairwise(first)]
        self.settled = self._settled_after(self.covers)

    def _settled_after(self, covers: list[int]) -> list[int]:
        """Return the visits to be settled before the first day and after each day, as bits."""
        everything = (1 << len(self.left_cost)) - 1
        later, settled = 0, []
        for _, k in reversed(self.days):
            settled.append(everything & ~later)
            later |= covers[k]
        settled.append(everything & ~later)
        settled.reverse()
        return settled

    def within(
        self, reach: int, stop: Ints, most_states: int = MOST_STATES, lengths: Lengths | None = None
    ) -> Search:
        """Search all plans with an objective of at most `reach`; with `lengths` the most even of the best.

        A day with more than `most_states` states continues with the best of those found so far.
        """
        layer = np.zeros((1, FIELDS), dtype=np.int64)
        layer[0, BEFORE] = layer[0, ROUTE] = NOTHING
        budget = reach * self.duals.scale - self.duals.bound
        tables = [self.routes_within(k, budget) for k in range(len(self.covers))]
        if lengths is not None:
            layer[0, LONGEST], layer[0, SHORTEST] = -NO_LIMIT, NO_LIMIT
            for k, (chosen, rows, *_) in enumerate(tables):
                rows[:, R_LENGTH], rows[:, R_BACK] = lengths(k, chosen)
        layers, states, complete = [], 0, True
        for day in range(-1, len(self.days)):
            k = self.days[day][1] if day >= 0 else NOTHING
            table = tables[k][1:] if day >= 0 else self._no_routes
            layer, all_seen = next_layer(
                layer, *table, self._limits(day, k, budget, reach), self.left_excess, self.left_cost,
                self.dear, self.share, self.cheapest, stop, most_states,
            )  # fmt: skip
            states += len(layer)
            if not all_seen:
                complete = False
                layer = layer[np.argsort(layer[:, EXCESS], kind="stable")[:BEAM]]
            layers.append(layer)
            if not len(layer):
                break
        return Search(self._plan(layers, [table[0] for table in tables]), complete, states)

    @cached_property
    def _no_routes(self) -> tuple[Ints, Ints, Small, Small]:
        empty = np.zeros((0, R_FIELDS), dtype=np.int64)
        return empty, *route_index(empty)

    def routes_within(self, k: int, budget: int) -> tuple[Ints, Ints, Ints, Small, Small]:
        """Return the routes of a kind whose excess is within the budget, by excess, with an index by visits.

        The first array holds their positions among all routes of the kind.
        """
        a, b = self.routes.first[k], self.routes.first[k + 1]
        chosen, table = routes_within(
            self.routes.mask[a:b], self.routes.cost[a:b], self.routes.work_min[a:b], self.duals.reduced[a:b],
            int(self.duals.least[k]), budget,
        )  # fmt: skip
        return chosen, table, *route_index(table)

    def _limits(self, day: int, k: int, budget: int, reach: int) -> Ints:
        """Return the limits of a day's layer; on day −1 only visits that no day can make are settled."""
        later = [kind for _, kind in self.days[day + 1 :]]
        max_work = NO_LIMIT if self.limits.max_work_min is None else self.limits.max_work_min
        max_days = NO_LIMIT if self.limits.max_days is None else self.limits.max_days
        work_to_come = sum(self.most_work[kind] for kind in later)
        limits = np.empty(LIMITS, dtype=np.int64)
        limits[BUDGET], limits[REACH], limits[MAX_WORK], limits[MAX_DAYS] = budget, reach, max_work, max_days
        limits[FREE_WORK], limits[FREE_DAYS] = max_work - work_to_come, max_days - len(later)
        limits[WORK_TO_COME] = work_to_come
        limits[IDLE] = -self.duals.least[k] if day >= 0 else 0
        limits[SETTLED] = self.settled[day + 1]
        limits[COVERED] = self.covers[k] if day >= 0 else 0
        limits[VISITS_TO_COME] = sum(self.longest[kind] for kind in later)
        return limits

    def _plan(self, layers: list[Ints], chosen: list[Ints]) -> Chosen | None:
        last = layers[-1]
        if len(layers) <= len(self.days) or not len(last):
            return None
        spread = last[:, LONGEST] - last[:, SHORTEST]
        row = int(np.lexsort((last[:, DAYS], last[:, WORK], last[:, BACKS], spread, last[:, COST]))[0])
        objective = int(last[row, COST])
        routes = []
        for layer, (d, k) in zip(reversed(layers), reversed(self.days), strict=False):
            route = int(layer[row, ROUTE])
            if route != NOTHING:
                routes.append((d, k, int(chosen[k][route])))
            row = int(layer[row, BEFORE])
        return Chosen(objective, tuple(sorted(routes)))


def work_shares(routes: tuple[DayRoutes, ...], count: int) -> Ints:
    """Return for each visit its service plus the least share of a route's other work attributed to it.

    The shares of the visits of any route sum to no more than its work.
    """
    shares = np.zeros(count, dtype=np.int64)
    for v in range(count):
        least = []
        for listed in routes:
            having = (listed.mask >> v & 1).astype(bool)
            if having.any():
                other = added_work(listed)[having] - sums_of_bits(
                    listed.mask[having], listed.kind.duration_min
                )
                sizes = sums_of_bits(listed.mask[having], np.ones(count, dtype=np.int64))
                least.append(int(listed.kind.duration_min[v] + (other // sizes).min()))
        shares[v] = min(least, default=0)
    return shares


def _bits_of(masks: Ints) -> int:
    return int(np.bitwise_or.reduce(masks)) if len(masks) else 0
