"""The bound of a week: the linear relaxation over all listed day routes, solved by pricing the list.

    minimise   Σ cost(r) x(r) + Σ penalty(v) u(v)
    such that  Σ_{r ∋ v} x(r) + u(v) = 1 for each visit v,   Σ_{r of kind k} x(r) ≤ days of kind k,
               Σ x(r) ≤ max_days,   Σ work(r) x(r) ≤ max_week_work_min

Its duals, rounded to integers of a fixed scale, give every route a reduced cost and the week a bound that
is exact in integers whatever the floating-point solver did: any duals bound a Lagrangian relaxation.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from scheduling.compiled import Ints, compiled
from scheduling.day_routes import DayRoutes
from scheduling.labels import WORK_MIN

ROUNDS = 200
ROUTES_A_ROUND = 40


@dataclass(frozen=True)
class WeekLimits:
    """What the days share: the most days with visits, and the most work beyond what is already done."""

    max_days: int | None
    max_work_min: int | None


@dataclass(frozen=True)
class Duals:
    """Integer duals: `scale` units are one unit of the objective.

    `visit[v]` is what a plan may pay to make visit v, never above its penalty where it may be left out;
    `day` and `work_min` are what each day with visits and each minute of work cost (≥ 0).
    `bound` is the least objective of any plan, in units.
    """

    scale: int
    visit: Ints
    day: int
    work_min: int
    bound: int

    def reduced(self, routes: DayRoutes) -> Ints:
        """Return the reduced cost of each route, in units."""
        paid = sums_of_bits(routes.mask, self.visit)
        reduced: Ints = routes.cost * self.scale - paid + self.day
        if self.work_min:
            reduced += added_work(routes) * self.work_min
        return reduced


def added_work(routes: DayRoutes) -> Ints:
    """Return the work of each route beyond what its day has behind it."""
    added: Ints = routes.work_min - routes.kind.rules[WORK_MIN]
    return added


@compiled
def sums_of_bits(masks: Ints, values: Ints) -> Ints:
    """Return for each mask the sum of the values at its bits."""
    sums = np.zeros(masks.shape[0], dtype=np.int64)
    for k in range(masks.shape[0]):
        mask, v = masks[k], 0
        while mask:
            if mask & 1:
                sums[k] += values[v]
            mask >>= 1
            v += 1
    return sums


def week_duals(
    routes: tuple[DayRoutes, ...], penalty: Ints, required: NDArray[np.bool_], limits: WeekLimits
) -> Duals:
    """Solve the relaxation and return integer duals with their bound.

    `penalty[v]` is the price of leaving visit v out; a required visit may not be left out.
    """
    scale = _scale(penalty)
    master = _Master(routes, penalty, required, limits)
    best: Duals | None = None
    for _ in range(ROUNDS):
        duals = master.duals(scale)
        if best is None or duals.bound > best.bound:
            best = duals
        if not master.add_routes(duals):
            break
    assert best is not None
    return best


def _scale(penalty: Ints) -> int:
    """Return the largest power of two up to 1024 at which every sum of costs fits 62 bits."""
    spare = 60 - int(penalty.sum() + 1).bit_length()
    return 1 << max(0, min(10, spare))


class _Master:
    """The restricted relaxation: the routes priced in so far."""

    def __init__(
        self, routes: tuple[DayRoutes, ...], penalty: Ints, required: NDArray[np.bool_], limits: WeekLimits
    ) -> None:
        self.routes, self.penalty, self.required, self.limits = routes, penalty, required, limits
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        infinity = self.solver.infinity()
        self.visit_rows = [self.solver.Constraint(1.0, 1.0) for _ in penalty]
        self.kind_rows = [self.solver.Constraint(-infinity, float(len(r.kind.days))) for r in routes]
        self.day_row = self._limit_row(limits.max_days)
        self.work_row = self._limit_row(limits.max_work_min)
        self.work_unit = max(1, limits.max_work_min or 1)
        # Leaving a required visit out costs more than any plan, so the relaxation is always feasible.
        self.forbidden = float(
            penalty.sum() + sum(int(r.cost.max(initial=0)) * len(r.kind.days) for r in routes) + 1
        )
        for row, price, must in zip(self.visit_rows, penalty, required, strict=True):
            left_out = self.solver.NumVar(0.0, infinity, "")
            row.SetCoefficient(left_out, 1.0)
            self.solver.Objective().SetCoefficient(left_out, self.forbidden if must else float(price))
        self.added_work = [added_work(r) for r in routes]
        self.held: list[set[int]] = [set() for _ in routes]

    def _limit_row(self, limit: int | None) -> pywraplp.Constraint | None:
        return None if limit is None else self.solver.Constraint(-self.solver.infinity(), 1.0)

    def duals(self, scale: int) -> Duals:
        """Solve and round; the bound holds for any rounding."""
        if self.solver.Solve() != pywraplp.Solver.OPTIMAL:
            # A warm start can go numerically wrong; from scratch it does not, or the old duals still bound.
            self.solver.Reset()
            self.solver.Solve()
        self.kind_duals = [row.dual_value() for row in self.kind_rows]
        exact = np.array([row.dual_value() for row in self.visit_rows]) if self.visit_rows else np.zeros(0)
        visit = np.rint(exact * scale).astype(np.int64)
        ceiling = np.where(self.required, np.int64(round(self.forbidden)) * scale, self.penalty * scale)
        visit = np.minimum(visit, ceiling)
        day = self._price(self.day_row, self.limits.max_days, scale)
        work = self._price(self.work_row, self.limits.max_work_min, scale)
        loose = Duals(scale, visit, day, work, bound=0)
        bound = int(visit.sum())
        for routes in self.routes:
            least = int(loose.reduced(routes).min(initial=0))
            bound += min(0, least) * len(routes.kind.days)
        bound -= day * (self.limits.max_days or 0) + work * (self.limits.max_work_min or 0)
        return Duals(scale, visit, day, work, bound)

    @staticmethod
    def _price(row: pywraplp.Constraint | None, limit: int | None, scale: int) -> int:
        return 0 if row is None else max(0, round(-row.dual_value() * scale / max(1, limit or 0)))

    def add_routes(self, duals: Duals) -> bool:
        """Price every route and add the best of each kind; False if none would improve the relaxation."""
        added = False
        for k, routes in enumerate(self.routes):
            reduced = duals.reduced(routes) + round(-self.kind_duals[k] * duals.scale)
            many = min(ROUTES_A_ROUND, len(reduced))
            best = np.argpartition(reduced, many - 1)[:many] if many else np.zeros(0, dtype=np.int64)
            for r in sorted(int(r) for r in best if reduced[r] < -1):
                if r not in self.held[k]:
                    self._add(k, r)
                    added = True
        return added

    def _add(self, k: int, r: int) -> None:
        routes = self.routes[k]
        self.held[k].add(r)
        x = self.solver.NumVar(0.0, self.solver.infinity(), "")
        self.solver.Objective().SetCoefficient(x, float(routes.cost[r]))
        mask = int(routes.mask[r])
        for v, row in enumerate(self.visit_rows):
            if mask >> v & 1:
                row.SetCoefficient(x, 1.0)
        self.kind_rows[k].SetCoefficient(x, 1.0)
        if self.day_row is not None:
            self.day_row.SetCoefficient(x, 1.0 / (self.limits.max_days or 1))
        if self.work_row is not None:
            self.work_row.SetCoefficient(x, float(self.added_work[k][r]) / self.work_unit)
