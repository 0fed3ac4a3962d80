"""The linear relaxation of a large week over the known routes, solved by GLOP.

Like `scheduling.week.listed.bound`:

    minimise   Σ cost(r) x(r) + Σ penalty(v) u(v)
    such that  Σ times(r, v) x(r) + u(v) = 1 for each visit v,   Σ_{r of kind k} x(r) ≤ days of kind k,
               Σ x(r) ≤ max_days,   Σ work(r) x(r) ≤ max_week_work_min
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from data.base.compiled import Ints, compiled
from data.solver.growing_lp import GrowingLp
from scheduling.week.large.arrays import NO_LIMIT, Floats, WeekArrays
from scheduling.week.large.route_pool import RoutePool

ROUNDS = 60
ROUTES_A_ROUND = 300


@dataclass(frozen=True)
class Prices:
    """Dual prices of the relaxation, and its objective `value`.

    `visit[v]` is paid for a visit, `kind[k]` ≥ 0 for a day of a kind, `day` ≥ 0 for any day with visits,
    `work_min` ≥ 0 for a minute of work.
    """

    visit: Floats
    kind: Floats
    day: float
    work_min: float
    value: float

    def reduced_costs(self, w: WeekArrays, pool: RoutePool) -> Floats:
        """Return the reduced cost of each route of a pool."""
        used = int(pool.used[0])
        paid = _paid(pool.stops, pool.size, self.visit, used)
        reduced: Floats = pool.cost[:used] - paid + self.kind[pool.kind[:used]] + self.day
        return reduced + self.work_min * pool.work_min[:used]


@compiled
def _paid(stops: Ints, size: Ints, visit: Floats, used: int) -> Floats:
    paid = np.zeros(used)
    for r in range(used):
        for p in range(size[r]):
            paid[r] += visit[stops[r, p]]
    return paid


class LargeRelaxation:
    """A relaxation to which routes are added, each with its kind, cost, added work and stops."""

    def __init__(self, w: WeekArrays) -> None:
        self.w = w
        visits, kinds = len(w.penalty), len(w.labelled)
        days = np.bincount(w.kind, minlength=kinds)
        rows = [(1.0, 1.0)] * visits + [(-inf, float(many)) for many in days]
        self.visit_rows, self.kind_rows = slice(0, visits), slice(visits, visits + kinds)
        self.day_row = self.work_row = None
        if w.max_days < len(w.kind):
            self.day_row = len(rows)
            rows.append((-inf, float(w.max_days)))
        if w.max_work_min < NO_LIMIT:
            self.work_row = len(rows)
            rows.append((-inf, float(max(0, w.max_work_min))))
        self.lp = GrowingLp(rows)
        # Costs are in units of a typical penalty, since the solver's tolerances are absolute.
        self.unit = max(1.0, float(np.median(w.penalty))) if visits else 1.0
        for v, penalty in enumerate(w.penalty):
            self.lp.add(float(penalty) / self.unit, [(v, 1.0)])
        self.held: set[int] = set()
        self.last = Prices(visit=np.zeros(visits), kind=np.zeros(kinds), day=0.0, work_min=0.0, value=0.0)

    def add(self, kind: int, cost: int, work_min: int, stops: Sequence[int]) -> None:
        """Add a route."""
        entries = [(v, float(stops.count(v))) for v in set(stops)]
        entries.append((self.kind_rows.start + kind, 1.0))
        if self.day_row is not None:
            entries.append((self.day_row, 1.0))
        if self.work_row is not None:
            entries.append((self.work_row, float(work_min)))
        self.lp.add(float(cost) / self.unit, entries)

    def prices(self) -> Prices:
        """Solve, and return the dual prices; if the solver fails, the previous ones.

        Any prices can guide the search, and any give a bound.
        """
        solved = self.lp.solve()
        if solved is None:
            return self.last
        duals = np.nan_to_num(solved.duals) * self.unit

        def charged(row: int | None) -> float:
            return 0.0 if row is None else max(0.0, -float(duals[row]))

        self.last = Prices(
            visit=np.minimum(duals[self.visit_rows], self.w.penalty.astype(float)),
            kind=np.maximum(0.0, -duals[self.kind_rows]),
            day=charged(self.day_row),
            work_min=charged(self.work_row),
            value=float(np.nan_to_num(solved.value)) * self.unit,
        )
        return self.last

    def price_pool(self, pool: RoutePool, stop: Ints) -> Prices:
        """Add routes of a pool until none improves the relaxation; return its prices."""
        prices = self.prices()
        for _ in range(ROUNDS):
            if stop[0] != 0:
                break
            reduced = prices.reduced_costs(self.w, pool)
            many = min(ROUTES_A_ROUND, len(reduced))
            best = np.argpartition(reduced, many - 1)[:many] if many else np.zeros(0, dtype=np.int64)
            new = sorted(int(r) for r in best if reduced[r] < -1e-6 * self.unit and int(r) not in self.held)
            if not new:
                break
            self.held.update(new)
            for r in new:
                stops = [int(v) for v in pool.stops[r, : pool.size[r]]]
                self.add(int(pool.kind[r]), int(pool.cost[r]), int(pool.work_min[r]), stops)
            prices = self.prices()
        return prices
