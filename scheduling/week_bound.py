"""The bound of a week: the linear relaxation over all listed day routes, solved by pricing the list.

    minimise   Σ cost(r) x(r) + Σ penalty(v) u(v)
    such that  Σ_{r ∋ v} x(r) + u(v) = 1 for each visit v,   Σ_{r of kind k} x(r) ≤ days of kind k,
               Σ x(r) ≤ max_days,   Σ work(r) x(r) ≤ max_week_work_min,
               Σ penalty(v) u(v) ≥ floor

The floor makes up for a relaxation that leaves half a visit out: where its value exceeds the dearest
travel, some visits must be left out, and their penalties sum to no less than the least such sum.
Its duals, rounded to integers of a fixed scale, give every route a reduced cost and the week a bound that
is exact in integers whatever the floating-point solver did: any duals bound a Lagrangian relaxation.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from data.compiled import Ints, compiled
from scheduling.day_routes import DayRoutes
from scheduling.labels import WORK_MIN

ROUNDS = 200
ROUTES_A_ROUND = 40
MOST_SUMS = 20_000


@dataclass(frozen=True)
class WeekLimits:
    """What the days share: the most days with visits, and the most work beyond what is already done."""

    max_days: int | None
    max_work_min: int | None


@dataclass(frozen=True)
class Duals:
    """Integer duals: `scale` units are one unit of the objective.

    `visit[v]` is what a plan may pay to make visit v, never above its penalty where it may be left out;
    `left_out[v]` is the price of leaving it out, less what the floor under all penalties has charged already;
    `day` and `work_min` are what each day with visits and each minute of work cost (≥ 0).
    `bound` is the least objective of any plan, in units.
    """

    scale: int
    visit: Ints
    left_out: Ints
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
    """Return for each mask the sum of the values at its bits, looked up eleven bits at a time."""
    n = values.shape[0]
    tables = np.zeros((6, 2048), dtype=np.int64)
    for t in range(6):
        for b in range(11):
            if 11 * t + b < n:
                for low in range(1 << b):
                    tables[t, low | 1 << b] = tables[t, low] + values[11 * t + b]
    sums = np.zeros(masks.shape[0], dtype=np.int64)
    for k in range(masks.shape[0]):
        mask, t = masks[k], 0
        while mask:
            sums[k] += tables[t, mask & 2047]
            mask >>= 11
            t += 1
    return sums


def least_sum(values: Iterable[int], target: int) -> int | None:
    """Return the least sum of some of the values that is at least `target`, None if that is too hard to tell.

    Where all the values together do not reach it, that is one more than their sum: no plan is so dear.
    """
    values = sorted(values)
    sums, enough = {0}, sum(values) + 1
    for value in values:
        raised = {total + value for total in sums}
        enough = min([enough, *(total for total in raised if total >= target)])
        sums |= {total for total in raised if total < target}
        if len(sums) > MOST_SUMS:
            return None
    return enough


def _scale(penalty: Ints) -> int:
    """Return the largest power of two up to 1024 at which every sum of costs fits 62 bits."""
    spare = 60 - int(penalty.sum() + 1).bit_length()
    return 1 << max(0, min(10, spare))


class Relaxation:
    """The relaxation over the routes priced in so far; `penalty[v]` is the price of leaving visit v out.

    A required visit may not be left out. `dearest` is a bound on the travel and broken
    promises of any plan, `ceiling` on its objective.
    """

    def __init__(
        self, routes: tuple[DayRoutes, ...], penalty: Ints, required: NDArray[np.bool_], limits: WeekLimits
    ) -> None:
        self.routes, self.penalty, self.limits = routes, penalty, limits
        self.dearest = sum(int(r.cost.max(initial=0)) * len(r.kind.days) for r in routes)
        self.ceiling = int(penalty[~required].sum()) + self.dearest
        # Leaving a required visit out costs more than any plan, so the relaxation is always feasible.
        self.price = np.where(required, self.ceiling + 1, penalty)
        self.optional = [int(v) for v in np.flatnonzero(~required)]
        self.added_work = [added_work(r) for r in routes]
        self.scale = _scale(penalty)
        self.floor = 0
        self.held: list[list[int]] = [[] for _ in routes]
        self._build()

    def _build(self) -> None:
        """State the relaxation to a fresh solver, with the routes held so far."""
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        infinity = self.solver.infinity()
        self.visit_rows = [self.solver.Constraint(1.0, 1.0) for _ in self.penalty]
        self.kind_rows = [self.solver.Constraint(-infinity, float(len(r.kind.days))) for r in self.routes]
        self.day_row = self._limit_row(self.limits.max_days)
        self.work_row = self._limit_row(self.limits.max_work_min)
        self.floor_row = self.solver.Constraint(0.0, infinity)
        self.left_out = [self.solver.NumVar(0.0, infinity, "") for _ in self.penalty]
        for row, left_out, price in zip(self.visit_rows, self.left_out, self.price, strict=True):
            row.SetCoefficient(left_out, 1.0)
            self.solver.Objective().SetCoefficient(left_out, float(price))
        self._state_floor()
        for k, held in enumerate(self.held):
            for r in held:
                self._add(k, r)

    def _state_floor(self) -> None:
        if self.floor:
            self.floor_row.SetLb(1.0)
            for v in self.optional:
                self.floor_row.SetCoefficient(self.left_out[v], float(self.penalty[v]) / self.floor)

    def _limit_row(self, limit: int | None) -> pywraplp.Constraint | None:
        return None if limit is None else self.solver.Constraint(-self.solver.infinity(), 1.0)

    def solve(self) -> Duals:
        """Return the best integer duals of the relaxation over all routes."""
        best: Duals | None = None
        for _ in range(ROUNDS):
            duals = self._duals()
            if best is None or duals.bound > best.bound:
                best = duals
            if not self._add_routes(duals):
                break
        assert best is not None
        return best

    @property
    def top(self) -> int:
        """The highest objective of a plan whose penalties are no higher than the floor."""
        return self.floor + self.dearest

    def raise_floor(self, bound: int) -> bool:
        """Raise the floor as far as a known bound on the objective allows; False where it stays."""
        if bound <= self.dearest:
            return False
        floor = least_sum([int(self.penalty[v]) for v in self.optional], bound - self.dearest)
        if floor is None:
            return False
        self.floor = floor
        self._state_floor()
        return True

    def _duals(self) -> Duals:
        """Solve and round; the bound holds for any rounding."""
        if self.solver.Solve() != pywraplp.Solver.OPTIMAL:
            # A warm start can go numerically wrong; whatever duals a fresh solver has, they bound.
            self._build()
            self.solver.Solve()
        scale = self.scale
        self.kind_duals = [row.dual_value() for row in self.kind_rows]
        exact = np.nan_to_num([row.dual_value() for row in self.visit_rows])
        charged = max(0, int(self.floor_row.dual_value() * scale)) if self.floor else 0
        left_out = self.price * scale
        for v in self.optional if charged else ():
            left_out[v] -= charged * int(self.penalty[v]) // self.floor
        visit = np.minimum(np.rint(exact * scale).astype(np.int64), left_out)
        day = self._price(self.day_row, self.limits.max_days, scale)
        work = self._price(self.work_row, self.limits.max_work_min, scale)
        loose = Duals(scale, visit, left_out, day, work, bound=0)
        # Rounding the charges down may have kept back up to a unit a visit.
        bound = int(visit.sum()) + max(0, charged - len(visit))
        self.reduced = [loose.reduced(routes) for routes in self.routes]
        for routes, reduced in zip(self.routes, self.reduced, strict=True):
            least = int(reduced.min(initial=0))
            bound += min(0, least) * len(routes.kind.days)
        bound -= day * (self.limits.max_days or 0) + work * (self.limits.max_work_min or 0)
        return Duals(scale, visit, left_out, day, work, bound)

    @staticmethod
    def _price(row: pywraplp.Constraint | None, limit: int | None, scale: int) -> int:
        return 0 if row is None else max(0, round(-row.dual_value() * scale / max(1, limit or 0)))

    def _add_routes(self, duals: Duals) -> bool:
        """Price every route and add the best of each kind; False if none would improve the relaxation."""
        added = False
        for k, priced in enumerate(self.reduced):
            reduced = priced + round(-self.kind_duals[k] * duals.scale)
            many = min(ROUTES_A_ROUND, len(reduced))
            best = np.argpartition(reduced, many - 1)[:many] if many else np.zeros(0, dtype=np.int64)
            for r in sorted(int(r) for r in best if reduced[r] < -1):
                if r not in self.held[k]:
                    self.held[k].append(r)
                    self._add(k, r)
                    added = True
        return added

    def _add(self, k: int, r: int) -> None:
        routes = self.routes[k]
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
            self.work_row.SetCoefficient(
                x, float(self.added_work[k][r]) / max(1, self.limits.max_work_min or 0)
            )
