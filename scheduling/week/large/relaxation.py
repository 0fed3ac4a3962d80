"""The linear relaxation of a large week over the known routes, solved by GLOP.

Like `scheduling.week.listed.bound`:

    minimise   Σ cost(r) x(r) + Σ penalty(v) u(v)
    such that  Σ times(r, v) x(r) + u(v) = 1 for each visit v,   Σ_{r of kind k} x(r) ≤ days of kind k,
               Σ x(r) ≤ max_days,   Σ work(r) x(r) ≤ max_week_work_min
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from data.base.compiled import Ints, compiled
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
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        infinity = self.solver.infinity()
        kinds = len(w.labelled)
        self.visit_rows = [self.solver.Constraint(1.0, 1.0) for _ in w.penalty]
        days = np.bincount(w.kind, minlength=kinds)
        self.kind_rows = [self.solver.Constraint(-infinity, float(many)) for many in days]
        self.day_row = (
            self.solver.Constraint(-infinity, float(w.max_days)) if w.max_days < len(w.kind) else None
        )
        self.work_row = (
            self.solver.Constraint(-infinity, float(max(0, w.max_work_min)))
            if w.max_work_min < NO_LIMIT
            else None
        )
        # Costs are in units of a typical penalty, since the solver's tolerances are absolute.
        self.unit = max(1.0, float(np.median(w.penalty))) if len(w.penalty) else 1.0
        for row, penalty in zip(self.visit_rows, w.penalty, strict=True):
            left_out = self.solver.NumVar(0.0, infinity, "")
            row.SetCoefficient(left_out, 1.0)
            self.solver.Objective().SetCoefficient(left_out, float(penalty) / self.unit)
        self.held: set[int] = set()
        none = np.zeros(len(w.penalty))
        self.last = Prices(visit=none, kind=np.zeros(kinds), day=0.0, work_min=0.0, value=0.0)

    def add(self, kind: int, cost: int, work_min: int, stops: Sequence[int]) -> None:
        """Add a route."""
        x = self.solver.NumVar(0.0, self.solver.infinity(), "")
        self.solver.Objective().SetCoefficient(x, float(cost) / self.unit)
        for v in set(stops):
            self.visit_rows[v].SetCoefficient(x, float(stops.count(v)))
        self.kind_rows[kind].SetCoefficient(x, 1.0)
        if self.day_row is not None:
            self.day_row.SetCoefficient(x, 1.0)
        if self.work_row is not None:
            self.work_row.SetCoefficient(x, float(work_min))

    def prices(self) -> Prices:
        """Solve, and return the dual prices; if the solver fails twice, the previous ones.

        A warm start can fail numerically. Any prices can guide the search, and any give a bound.
        """
        if not self._solved():
            return self.last
        unit = self.unit

        def charged(row: pywraplp.Constraint | None) -> float:
            return 0.0 if row is None else max(0.0, -float(np.nan_to_num(row.dual_value()))) * unit

        visit = np.nan_to_num([row.dual_value() for row in self.visit_rows]) * unit
        self.last = Prices(
            visit=np.minimum(visit, self.w.penalty.astype(float)),
            kind=np.array([charged(row) for row in self.kind_rows]),
            day=charged(self.day_row),
            work_min=charged(self.work_row),
            value=float(np.nan_to_num(self.solver.Objective().Value())) * unit,
        )
        return self.last

    def _solved(self) -> bool:
        if self.solver.Solve() == pywraplp.Solver.OPTIMAL:
            return True
        # Rows and columns were added since the last solution; the simplex may not recover from it.
        anew = pywraplp.MPSolverParameters()
        anew.SetIntegerParam(anew.INCREMENTALITY, anew.INCREMENTALITY_OFF)
        return bool(self.solver.Solve(anew) == pywraplp.Solver.OPTIMAL)

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
