"""The bound of a week: the linear relaxation over all listed day routes, solved by pricing the list.

    minimise   Σ cost(r) x(r) + Σ penalty(v) u(v)
    such that  Σ_{r ∋ v} x(r) + u(v) = 1 for each visit v,   Σ_{r of kind k} x(r) ≤ days of kind k,
               Σ x(r) ≤ max_days,   Σ work(r) x(r) ≤ max_week_work_min,
               Σ penalty(v) u(v) ≥ floor

The floor strengthens a relaxation that leaves out fractions of visits: if its value exceeds the largest
possible travel, some visits must be left out, and their penalties sum to at least the smallest such sum. The
duals, rounded to integers of a fixed scale, give every route a reduced cost, and the week a bound that is
exact in integers whatever the floating-point solver did: any duals give a Lagrangian bound.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints
from scheduling.week.listed.route_list import RouteList, reduced_costs
from scheduling.week.listed.simplex import (
    DAY_ROW,
    EXTRA_ROWS,
    FLOOR_ROW,
    WORK_ROW,
    everything_left_out,
    improve,
)

MOST_SUMS = 20_000
MOST_PIVOTS = 20_000
"""After this many pivots the duals are used as they are."""
NEVER = np.zeros(1, dtype=np.int64)
"""A flag that nobody raises."""
WASTE_MIN = 8
"""Minutes of work that `pressed` duals allow a plan to waste for its possible extra travel."""


@dataclass(frozen=True)
class WeekLimits:
    """Limits shared by the days: the number of days with visits, and the work beyond what is already done."""

    max_days: int | None
    max_work_min: int | None


@dataclass(frozen=True)
class Duals:
    """Integer duals: `scale` units are one unit of the objective.

    `left_out[v]` is the price of leaving visit v out, minus what the floor under all penalties already
    charges; `saved[v]` is how far that exceeds what a plan may pay to make it (≥ 0). `reduced` is the cost of
    each listed route beyond what its visits may pay, `least` the minimum of that for each kind (≤ 0). `bound`
    is the least objective of any plan, in units.
    """

    scale: int
    left_out: Ints
    saved: Ints
    reduced: Ints
    least: Ints
    bound: int


def least_sum(values: Iterable[int], target: int) -> int | None:
    """Return the least sum of a subset of the values that is at least `target`, None if too hard to compute.

    If all the values together do not reach it, the result is one more than their sum: no plan costs that
    much.
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
    """Return the largest power of two up to 1024 at which every sum of costs fits into 62 bits."""
    spare = 60 - int(penalty.sum() + 1).bit_length()
    return 1 << max(0, min(10, spare))


class Relaxation:
    """The relaxation over a list of routes; `penalty[v]` is the price of leaving visit v out.

    A required visit may not be left out. `dearest` is a bound on the travel and broken promises of any plan,
    `ceiling` on its objective.
    """

    def __init__(
        self, routes: RouteList, penalty: Ints, required: NDArray[np.bool_], limits: WeekLimits
    ) -> None:
        self.routes, self.penalty, self.limits = routes, penalty, limits
        ends = zip(routes.first[:-1], routes.first[1:], routes.days, strict=True)
        self.dearest = sum(int(routes.cost[a:b].max(initial=0)) * int(days) for a, b, days in ends)
        self.scale = _scale(penalty)
        self.pool, self.pooled = np.empty((256, 2), dtype=np.int64), 0
        self.minute = 0
        self._require(required)
        self._begin(floor=0)

    def requiring(self, required: NDArray[np.bool_]) -> "Relaxation":
        """Return the relaxation with other required visits, warm-started from this one."""
        other = object.__new__(Relaxation)
        other.__dict__.update(self.__dict__)
        other._require(required)
        if self.floor:
            other._begin(floor=0)
        else:
            other.inverse, other.values, other.basis = (
                self.inverse.copy(), self.values.copy(), self.basis.copy(),
            )  # fmt: skip
            other.pool = self.pool.copy()
        return other

    def _require(self, required: NDArray[np.bool_]) -> None:
        self.optional = ~required
        self.ceiling = int(self.penalty[self.optional].sum()) + self.dearest
        # Leaving a required visit out costs more than any plan, so that the relaxation is always feasible.
        self.price = np.where(required, self.ceiling + 1, self.penalty)

    def _begin(self, floor: int) -> None:
        """Reset the relaxation, with everything left out."""
        self.floor = floor
        self.share = (
            np.where(self.optional, self.penalty / floor, 0.0) if floor else np.zeros(len(self.penalty))
        )
        self.parts = np.array([_part(self.limits.max_days), _part(self.limits.max_work_min)])
        most = [_most(self.limits.max_days), _most(self.limits.max_work_min), 1.0 if floor else 0.0]
        self.inverse, self.values, self.basis = everything_left_out(
            self.routes.days, self.share, np.array(most)
        )

    @property
    def top(self) -> int:
        """The highest objective of a plan whose penalties are no higher than the floor."""
        return self.floor + self.dearest

    def raise_floor(self, bound: int) -> bool:
        """Raise the floor as far as a known bound on the objective allows; False if it stays the same."""
        if bound <= self.dearest:
            return False
        floor = least_sum([int(p) for p in self.penalty[self.optional]], bound - self.dearest)
        if floor is None or floor <= self.floor:
            return False
        self._begin(floor)
        return True

    def pressed(self, top: int, bound: int, stop: Ints) -> Duals:
        """Return duals with such a high price for a minute of work that the limit on work dominates.

        Their bound is weaker than that of `solve`, but under them a plan of at most `top` wastes few minutes,
        whereas under the best duals its travel may exceed the `bound` by the whole difference.
        """
        other = self.requiring(~self.optional)
        other._begin(self.floor)
        other.minute = max(1, (top - bound) // WASTE_MIN)
        other.parts[WORK_ROW] = 0.0
        return other.solve(stop)

    def solve(self, stop: Ints = NEVER) -> Duals:
        """Return integer duals of the relaxation over all routes; their bound is valid for any rounding.

        If `stop[0]` is not 0, they are those found so far.
        """
        routes, n = self.routes, len(self.penalty)
        cost = routes.cost + self.minute * routes.work_min
        exact, self.pool, self.pooled = improve(
            routes.mask, cost, routes.work_min, routes.first, self.price.astype(np.float64),
            self.share, self.parts, self.inverse, self.values, self.basis, self.pool, self.pooled,
            1e-6 + 1e-12 * self.ceiling, MOST_PIVOTS, stop,
        )  # fmt: skip
        exact = np.nan_to_num(exact) * self.scale
        extra = len(exact) - EXTRA_ROWS
        charged = max(0, int(exact[extra + FLOOR_ROW])) if self.floor else 0
        left_out = self.price * self.scale
        for v in np.flatnonzero(self.optional) if charged else ():
            left_out[v] -= charged * int(self.penalty[v]) // self.floor
        visit = np.minimum(np.rint(exact[:n]).astype(np.int64), left_out)
        day = max(0, round(-exact[extra + DAY_ROW] * self.parts[DAY_ROW]))
        work = self.minute * self.scale + max(0, round(-exact[extra + WORK_ROW] * self.parts[WORK_ROW]))
        reduced, least = reduced_costs(
            routes.mask, routes.cost, routes.work_min, routes.first, self.scale, visit, day, work
        )
        # Rounding the charges down may have lost up to a unit per visit.
        bound = int(visit.sum()) + max(0, charged - n) + int(least @ routes.days)
        bound -= day * (self.limits.max_days or 0) + work * (self.limits.max_work_min or 0)
        return Duals(self.scale, left_out, left_out - visit, reduced, least, bound)


def _part(limit: int | None) -> float:
    """Return what one unit takes of a limit, 0 if there is no limit."""
    return 0.0 if limit is None else 1.0 / max(1, limit)


def _most(limit: int | None) -> float:
    return 0.0 if limit == 0 else 1.0
