"""A bound on any plan of a large week: column generation with relaxed routes, in exact integers.

Prices come from the relaxation over the routes known so far. Rounded to integers of a fixed scale, they bound
every plan by the prices of all visits plus the least reduced cost of a route on each day. Any prices give a
bound; better ones are found by adding the cheapest routes and solving again. Feasible routes among them are
added to the pool.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from data.base.compiled import Ints
from scheduling.week.large.arrays import NO_LIMIT, WeekArrays, empty_state
from scheduling.week.large.day import label_buffer, time_day
from scheduling.week.large.relaxation import LargeRelaxation, Prices
from scheduling.week.large.route_pool import RoutePool, remember
from scheduling.week.large.route_pricing import COST, FIELDS, NOTHING, cheapest_routes, near_words, stops_of

MOST_ROUNDS = 80
MOST_LABELS = 400_000
"""About 30 MB; if that is not enough, routes remember fewer of their visits."""
REPEATS = 8
"""Bits kept free for sums of prices on one route."""
MEMORIES = (10, 5, 0)
"""Number of near visits that a route remembers, from the first attempt to the last."""


class LargeBound:
    """The relaxation of a week with the best bound so far; `bound` is valid at any time."""

    def __init__(self, w: WeekArrays, pool: RoutePool) -> None:
        self.w, self.pool = w, pool
        self.relaxation = LargeRelaxation(w)
        # A route that returns to a visit earns its price again.
        spare = 62 - REPEATS - int(w.penalty.sum() + 1).bit_length()
        self.scale = 1 << max(0, min(10, spare))
        self.scratch, self.buffer = empty_state(w), label_buffer()
        self.memories = list(MEMORIES)
        self.near = near_words(w, self.memories[0])
        self.labels = np.zeros((MOST_LABELS, FIELDS), dtype=np.int64)
        self.words = np.zeros((MOST_LABELS, self.near.shape[1]), dtype=np.int64)
        self.bound, self.steps_left, self.stop = 0, 0, np.zeros(1, dtype=np.int64)

    def raise_bound(self, most_steps: int, stop: Ints, goes_on: Callable[[], bool]) -> None:
        """Improve the bound in rounds while `goes_on` returns true, in at most `most_steps` pricing steps."""
        self.steps_left, self.stop = most_steps, stop
        prices = self.relaxation.price_pool(self.pool, stop)
        for _ in range(MOST_ROUNDS):
            if not goes_on() or not self._round(prices):
                break
            prices = self.relaxation.prices()

    def _round(self, prices: Prices) -> bool:
        """Price all kinds of day at these prices; False if no route would improve the relaxation."""
        w, scale = self.w, self.scale
        visit = np.minimum(np.floor(prices.visit * scale).astype(np.int64), w.penalty * scale)
        day, work = round(prices.day * scale), round(prices.work_min * scale)
        bound, added = int(visit.sum()), False
        bound -= day * min(w.max_days, len(w.kind))
        bound -= work * max(0, w.max_work_min) if w.max_work_min < NO_LIMIT else 0
        for k in range(len(w.labelled)):
            least, steps, ending = cheapest_routes(
                w, k, self.near, scale, visit, work, self.labels, self.words, self.steps_left, self.stop
            )
            if steps == NOTHING:
                return self._remember_less()
            self.steps_left -= steps
            bound += min(0, int(least) + day) * int((w.kind == k).sum())
            endings = [int(label) for label in ending if label != NOTHING]
            added |= self._add(k, prices, visit, work, endings)
        self.bound = max(self.bound, -(-bound // scale))
        return added

    def _remember_less(self) -> bool:
        """Let routes remember fewer visits, to need fewer labels; False if time is over or none are left."""
        self.memories.pop(0)
        if self.stop[0] != 0 or not self.memories:
            return False
        self.near = near_words(self.w, self.memories[0])
        return True

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
