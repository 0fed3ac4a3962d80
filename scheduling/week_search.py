"""The best set of day routes, one at most a day: a dynamic programme over the days.

A state is the set of visits settled so far with its cost, work and days; its excess is how far the duals
say that every completion lies above the bound. Only states whose excess stays within a budget are kept, so
a search that finds nothing proves that the objective exceeds bound + budget, and one that finds a plan
within its budget has proved it the best. A visit that no later day can take is settled there and then:
paid for if it was not made, and counted as done, so that states which differ only in the past fall together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.compiled import Ints
from scheduling.day_routes import DayRoutes
from scheduling.week_bound import Duals, WeekLimits, added_work, sums_of_bits
from scheduling.week_layer import (
    BEFORE,
    COST,
    DAYS,
    EXCESS,
    FIELDS,
    NOTHING,
    R_WORK,
    ROUTE,
    WORK,
    next_layer,
    route_index,
)

MOST_STATES = 6_000_000
NO_LIMIT = 1 << 40
"""More routes, states, days and minutes than any week has."""
BEAM_ROUTES = 200
"""Routes that a beam tries for each state."""
FORBIDDEN = 1 << 62
"""The excess of leaving out a required visit: beyond every budget."""


@dataclass(frozen=True)
class Chosen:
    """The routes chosen, as (day, kind, route), and the objective of the whole plan."""

    objective: int
    routes: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Search:
    """One search within a budget: its best plan, if any, whether it saw all states, and how many it held."""

    plan: Chosen | None
    complete: bool
    states: int


class WeekSearch:
    """The routes of all days, sorted by reduced cost, ready to be searched within growing budgets."""

    def __init__(
        self,
        routes: tuple[DayRoutes, ...],
        penalty: Ints,
        required: NDArray[np.bool_],
        limits: WeekLimits,
        duals: Duals,
        ceiling: int,
        share: Ints,
    ) -> None:
        self.days = [(d, k) for k, kind in enumerate(routes) for d in kind.kind.days]
        self.limits, self.duals = limits, duals
        self.ceiling = ceiling
        self.left_cost = np.where(required, ceiling + 1, penalty)
        self.left_excess = duals.left_out - duals.visit
        # A required visit is never cheap enough to be left out.
        self.left_excess[required] = FORBIDDEN
        self.order, self.table, self.index, self.idle = [], [], [], []
        for listed in routes:
            reduced = duals.reduced(listed)
            least = min(0, int(reduced.min(initial=0)))
            order = np.lexsort((listed.mask, reduced))
            work = added_work(listed) if limits.max_work_min is not None else 0
            columns = (listed.mask, reduced - least, listed.cost, work + np.zeros_like(reduced))
            table = np.stack((*columns, np.zeros_like(reduced)), axis=1)[order]
            self.order.append(order)
            self.index.append(route_index(table))
            self.table.append(table)
            self.idle.append(-least)
        self.share = share
        by_minute = np.argsort(self.left_cost / np.maximum(1, self.share), kind="stable")
        self.cheapest = np.stack(
            (by_minute, np.argsort(self.left_cost, kind="stable"), np.argsort(-self.share, kind="stable"))
        )
        self.covers = [_bits_of(listed.mask) for listed in routes]
        self.longest = [max((int(m).bit_count() for m in listed.mask), default=0) for listed in routes]
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

    def within(self, reach: int, stop: Ints, most_states: int = MOST_STATES) -> Search:
        """Search all plans with an objective of at most `reach`, with at most `most_states` states a day."""
        return self._walk(reach, stop, most_states, NO_LIMIT, NO_LIMIT)

    def beam(self, stop: Ints, width: int) -> Search:
        """Look for a good plan: each day keeps the best `width` states, and each tries the best routes."""
        return self._walk(self.ceiling, stop, MOST_STATES, width, BEAM_ROUTES)

    def _walk(self, reach: int, stop: Ints, most_states: int, beam: int, most_routes: int) -> Search:
        layer = np.zeros((1, FIELDS), dtype=np.int64)
        layer[0, BEFORE] = layer[0, ROUTE] = NOTHING
        layers, states, complete = [], 0, True
        for day in range(-1, len(self.days)):
            layer, all_seen = self._next(layer, day, reach, stop, most_states, most_routes)
            complete = complete and all_seen
            if beam < len(layer):
                layer = layer[np.sort(np.argsort(layer[:, EXCESS], kind="stable")[:beam])]
                complete = False
            states += len(layer)
            layers.append(layer)
            if not len(layer):
                break
        return Search(self._plan(layers), complete, states)

    def _next(
        self, layer: Ints, day: int, reach: int, stop: Ints, most_states: int, most_routes: int
    ) -> tuple[Ints, bool]:
        """Go on to a day; before the first one (day −1) only what no day can make is settled."""
        k = self.days[day][1] if day >= 0 else None
        table = np.zeros((0, 5), dtype=np.int64) if k is None else self.table[k]
        later = [kind for _, kind in self.days[day + 1 :]]
        max_work = NO_LIMIT if self.limits.max_work_min is None else self.limits.max_work_min
        max_days = NO_LIMIT if self.limits.max_days is None else self.limits.max_days
        work_to_come = sum(int(self.table[kind][:, R_WORK].max(initial=0)) for kind in later)
        budget = reach * self.duals.scale - self.duals.bound
        limits = (
            budget,
            max_work,
            max_days,
            max_work - work_to_come,
            max_days - len(later),
            work_to_come,
            reach,
            most_routes,
        )
        found, complete = next_layer(
            layer, table, *(route_index(table) if k is None else self.index[k]),
            0 if k is None else self.idle[k], np.array(limits, dtype=np.int64),
            self.settled[day + 1], 0 if k is None else self.covers[k],
            sum(self.longest[kind] for kind in later),
            self.left_excess, self.left_cost, self.share, self.cheapest, stop, most_states,
        )  # fmt: skip
        return found, bool(complete)

    def _plan(self, layers: list[Ints]) -> Chosen | None:
        last = layers[-1]
        if len(layers) <= len(self.days) or not len(last):
            return None
        row = int(np.lexsort((last[:, DAYS], last[:, WORK], last[:, COST]))[0])
        objective = int(last[row, COST])
        routes = []
        for layer, (d, k) in zip(reversed(layers), reversed(self.days), strict=False):
            route = int(layer[row, ROUTE])
            if route != NOTHING:
                routes.append((d, k, int(self.order[k][route])))
            row = int(layer[row, BEFORE])
        return Chosen(objective, tuple(sorted(routes)))


def work_shares(routes: tuple[DayRoutes, ...], count: int) -> Ints:
    """Return for each visit its service and the least share of a route's other work that falls to it.

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
