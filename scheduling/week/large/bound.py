"""A bound on any plan of a large week: column generation with relaxed routes, in exact integers.

Prices come from the relaxation over the routes known so far. Rounded to integers of a fixed scale, they bound
every plan by the prices of all visits plus the least reduced cost of a route on each day. Any prices give a
bound; better ones are found by adding the cheapest routes and solving again. Feasible routes among them are
added to the pool.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from data.base.compiled import Ints
from scheduling.week.large.arrays import NO_LIMIT, WeekArrays, empty_state
from scheduling.week.large.day import label_buffer, time_day
from scheduling.week.large.relaxation import LargeRelaxation, Prices
from scheduling.week.large.route_pool import RoutePool, remember
from scheduling.week.large.route_pricing import (
    COST,
    FIELDS,
    INTERRUPTED,
    NO_ROOM,
    NOTHING,
    cheapest_routes,
    near_words,
    stops_of,
)

MOST_LABELS = 400_000
"""About 30 MB; if that is not enough, the bound is as good as it gets."""
REPEATS = 8
"""Bits kept free for sums of prices on one route."""
MEMORY = 5
"""Near visits that a route remembers after it has remembered none; then twice as many each time."""


class LargeBound:
    """The relaxation of a week with the best bound so far; `bound` is valid at any time.

    Routes remember none of their visits at first, and more each time that no route improves the relaxation;
    `exhausted` says that they remember all, or that there is no room for the labels of more.
    """

    def __init__(self, w: WeekArrays, pool: RoutePool) -> None:
        self.w, self.pool = w, pool
        self.relaxation = LargeRelaxation(w)
        # A route that returns to a visit earns its price again.
        spare = 62 - REPEATS - int(w.penalty.sum() + 1).bit_length()
        self.scale = 1 << max(0, min(10, spare))
        self.scratch, self.buffer = empty_state(w), label_buffer()
        self.labels = np.zeros((MOST_LABELS, FIELDS), dtype=np.int64)
        self.bound, self.steps_left, self.exhausted = 0, 0, False
        self.most_memory = min(w.near.shape[1], len(w.penalty))
        self._remember(0)

    def raise_bound(self, most_steps: int, stop: Ints) -> None:
        """Improve the bound for at most `most_steps` pricing steps, or until `stop` is raised."""
        self.steps_left = most_steps
        prices = self.relaxation.price_pool(self.pool, stop)
        while not self.exhausted and self.steps_left > 0 and stop[0] == 0:
            if not self._round(prices, stop):
                return
            prices = self.relaxation.prices()

    def _round(self, prices: Prices, stop: Ints) -> bool:
        """Price all kinds of day at these prices; False if that was interrupted."""
        w, scale = self.w, self.scale
        visit = np.minimum(np.floor(prices.visit * scale).astype(np.int64), w.penalty * scale)
        day, work = round(prices.day * scale), round(prices.work_min * scale)
        bound, added = int(visit.sum()), False
        bound -= day * min(w.max_days, len(w.kind))
        bound -= work * max(0, w.max_work_min) if w.max_work_min < NO_LIMIT else 0
        for k in range(len(w.labelled)):
            least, steps, ending = cheapest_routes(
                w, k, self.near, scale, visit, work, self.labels, self.words, self.steps_left, stop
            )
            if steps == INTERRUPTED:
                return False
            if steps == NO_ROOM:
                self.exhausted = True
                return True
            self.steps_left -= steps
            bound += min(0, int(least) + day) * int((w.kind == k).sum())
            endings = [int(label) for label in ending if label != NOTHING]
            added |= self._add(k, prices, visit, work, endings)
        self.bound = max(self.bound, -(-bound // scale))
        if not added:
            self.exhausted = self.memory >= self.most_memory
            if not self.exhausted:
                self._remember(min(self.most_memory, max(MEMORY, 2 * self.memory)))
                # Known routes that return to a visit they now remember would keep it as loose as it was.
                self.relaxation = LargeRelaxation(w)
                self.relaxation.price_pool(self.pool, stop)
        return True

    def _remember(self, many: int) -> None:
        """Let routes remember so many near visits: the more, the fewer return to one, and the more labels."""
        self.memory = many
        self.near = near_words(self.w, many)
        self.words = np.zeros((MOST_LABELS, self.near.shape[1]), dtype=np.int64)

    def _add(self, k: int, prices: Prices, visit: Ints, work: int, endings: Sequence[int]) -> bool:
        """Add the routes with these last labels that improve the relaxation; return whether any does."""
        w, n, added = self.w, len(self.w.penalty), False
        for label in endings:
            stops = stops_of(self.labels, label)
            way = [n, *stops]
            legs = sum(int(w.leg_min[k, a, b]) for a, b in pairwise(way))
            home = int(w.leg_min[k, stops[-1], n + 1])
            minutes = legs + int(w.duration_min[stops].sum())
            spent = int(self.labels[label, COST]) + int(visit[stops].sum()) - work * minutes
            cost = spent // self.scale + home
            paid = float(prices.visit[stops].sum()) - prices.kind[k] - prices.day
            if cost - paid + prices.work_min * (minutes + home) < -1e-6 * self.relaxation.unit:
                self.relaxation.add(k, cost, minutes + home, stops)
                self._offer(k, stops)
                added = True
        return added

    def _offer(self, k: int, stops: list[int]) -> None:
        """Add a route to the pool if it makes no visit twice and keeps all the rules of a day."""
        w, s = self.w, self.scratch
        groups = [g for g in w.group[stops] if g >= 0]
        if len(set(stops)) < len(stops) or len(set(groups)) < len(groups):
            return
        i = int(np.argmax(w.kind == k))
        s.length[i] = len(stops)
        s.route[i, : len(stops)] = stops
        if time_day(w, s, i, self.buffer):
            remember(w, self.pool, s, i)
