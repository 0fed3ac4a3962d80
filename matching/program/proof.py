"""Minimise a component of an integer program with an exact integer bound.

The linear relaxation is solved by interior point; from its duals we recompute a bound L, which is valid
whatever the solver's tolerances. Its vertex is rounded to a good point. Branch and bound then runs on the
*core*, the columns of small reduced cost. A solution that uses a column outside the core costs at least L
plus that column's reduced cost, so the smaller of that and the core's bound is a bound for all.
"""

import math
from dataclasses import dataclass

import numpy as np

from data.base.status import Status
from data.solver.mip import Floats
from matching.program.arrays import FREE, Numbers, Program
from matching.program.exact import search_exactly
from matching.program.highs import Limits, Stopped, relax, search
from matching.program.rounding import rounded_point

DIRECT = 8000
"""Programs of up to this many columns go to branch and bound as a whole."""
CORE_SHARE = 4
"""The first core holds one in this many columns."""
SAFETY = 1e-5
"""A float bound is lowered by this before it is rounded up to an integer; HiGHS works to 1e-6."""


@dataclass(frozen=True)
class Part:
    """A component solved separately: its columns, its value, and what its relaxation proves.

    Any solution costs at least `floor`, plus |`reduced`| for each step by which a column leaves the bound
    that its sign prefers (lower for positive, upper for negative).
    """

    columns: Numbers
    value: int
    floor: float
    reduced: Floats


@dataclass(frozen=True)
class Answer:
    """The best point (None: none found), its value, a bound, and how the search ended.

    `stopped` is the limit that ended it, None if it finished.
    """

    status: Status
    point: Numbers | None
    value: int
    bound: int
    stopped: Stopped = None
    parts: tuple[Part, ...] = ()


def minimise_component(program: Program, start: Numbers | None, limits: Limits) -> Answer:
    """Minimise one program as a whole, from a feasible `start` if one is known."""
    floor, reduced = lagrangian(program, np.zeros(len(program.row_lower)))
    if start is None or program.value(start) > rounded_up(floor):
        relaxed = relax(program, limits)
        if relaxed.infeasible and start is None:  # with a start this can only be a floating-point error
            return Answer(Status.INFEASIBLE, None, 0, 0)
        if relaxed.duals is not None and relaxed.point is not None:
            floor, reduced = lagrangian(program, relaxed.duals)
            if start is None or program.value(start) > rounded_up(floor):
                start = rounded_point(program, relaxed.point, start, limits)
    best, bound = start, rounded_up(floor)
    stopped: Stopped = None
    limits.tell(None if best is None else program.value(best), bound)
    excess = np.where(program.lower == 0, np.maximum(reduced, 0.0), 0.0)
    for size in (max(DIRECT, len(program.cost) // CORE_SHARE), len(program.cost)):
        if best is not None and program.value(best) == bound:
            break
        if limits.cancelled:
            stopped = "cancelled"
            break
        core, outside = _core(program, best, floor, excess, size)
        hint = None if best is None else best[core]
        found = search(program.restricted(core), hint, limits)
        stopped = found.stopped
        if found.point is not None:
            point = np.zeros(len(program.cost), dtype=np.int64)
            point[core] = found.point
            best = _better(program, best, point)
        if found.infeasible and outside == FREE and best is None:
            return Answer(Status.INFEASIBLE, None, 0, 0)
        inside = FREE if found.infeasible and best is None else rounded_up(found.bound)
        bound = max(bound, min(inside, outside, FREE if best is None else program.value(best)))
        limits.tell(None if best is None else program.value(best), bound)
        if stopped or outside == FREE:
            break
    if not stopped and (best is None or bound < program.value(best)):
        exact = search_exactly(program, best, limits)
        best, stopped = _better(program, best, exact.point), exact.stopped
        proved = exact.infeasible or exact.bound == np.inf
        bound = max(bound, FREE if proved else rounded_up(exact.bound))
    return _answer(program, best, bound, stopped, floor, reduced)


def _answer(
    program: Program, best: Numbers | None, bound: int, stopped: Stopped, floor: float, reduced: Floats
) -> Answer:
    """Return the best point with what the relaxation proves; a bound of `FREE` says that there is none."""
    if best is None:
        status = Status.INFEASIBLE if bound == FREE else Status.UNKNOWN
        return Answer(status, None, 0, 0 if bound == FREE else bound, stopped)
    value = program.value(best)
    status = Status.OPTIMAL if value <= bound else Status.FEASIBLE
    part = Part(np.arange(len(program.cost)), value, floor, reduced)
    return Answer(status, best, value, min(value, bound), stopped, (part,))


def _better(program: Program, one: Numbers | None, other: Numbers | None) -> Numbers | None:
    """Return the cheaper of two points, the first in a tie."""
    if one is None or other is None:
        return one if other is None else other
    return other if program.value(other) < program.value(one) else one


def _core(
    program: Program, best: Numbers | None, floor: float, excess: Floats, size: int
) -> tuple[Numbers, int]:
    """Return the `size` columns of smallest excess that a better solution could use, plus those in `best`.

    `excess` is what using a column adds to the floor. Also returns a bound on every solution that uses
    another column and is better than `best`, `FREE` if there is none.
    """
    useful = (program.lower != 0) | (program.upper != 0)
    if best is not None:
        useful &= floor + excess - SAFETY <= program.value(best) - 1
    inside = excess == 0
    inside[np.argsort(np.where(useful, excess, np.inf), kind="stable")[:size]] = True
    inside &= useful
    if best is not None:
        inside |= best != 0
    others = excess[useful & ~inside]
    outside = rounded_up(floor + float(others.min())) if len(others) else FREE
    return np.flatnonzero(inside), outside


def lagrangian(program: Program, duals: Floats) -> tuple[float, Floats]:
    """Return the bound proved by any row duals, and the corresponding reduced costs.

    The bound is yb + Σ min over each column's bounds of its reduced cost, where b is the lower limit of a row
    with a positive dual and the upper limit of one with a negative dual.
    """
    limit = np.where(duals > 0, program.row_lower, program.row_upper)
    y = np.where(np.abs(limit) >= FREE, 0.0, duals)
    reduced = program.cost.astype(float)
    np.subtract.at(reduced, program.column, program.coefficient * y[program.row])
    at_best = np.minimum(reduced * program.lower, reduced * program.upper)
    return float((y * np.where(y == 0, 0, limit)).sum() + at_best.sum()), reduced


def rounded_up(bound: float) -> int:
    """Return the integer bound implied by a float bound."""
    if math.isinf(bound) or math.isnan(bound):
        return -FREE
    return math.ceil(bound - SAFETY - 1e-9 * abs(bound))
