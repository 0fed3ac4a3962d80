"""Relaxation and branch and bound of a program, both by HiGHS, through the adapter to the solvers."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from data.solver.mip import Floats, Method, Mip, Stop
from data.solver.solve import solve
from matching.program.arrays import FREE, Numbers, Program

Stopped = Literal["seconds", "work", "cancelled"] | None
"""The limit that ended a search; None if it finished."""
PUNCTUAL = 0.93
"""Share of the remaining time that a call of HiGHS is given."""
Listen = Callable[[int | None, int | None], None]
"""Called with the best value and the bound so far, None if unknown."""


@dataclass(frozen=True)
class Limits:
    """When to stop before the proof: after `work` branch-and-bound nodes, or at the `deadline`.

    `deadline` is in seconds of `time.monotonic()`; None: no such limit. `work` applies to each search;
    `workers` components are solved in parallel. Once `cancel` is set, the best known solution is returned.
    `listen` is called with every better value or bound, from any thread.
    """

    work: int | None = None
    deadline: float | None = None
    workers: int = 1
    seed: int = 0
    cancel: threading.Event | None = None
    listen: Listen | None = None

    @property
    def left(self) -> float | None:
        """Return the seconds until the deadline less a margin, as HiGHS ends late; None if there is none."""
        return None if self.deadline is None else max(0.01, PUNCTUAL * (self.deadline - time.monotonic()))

    def for_share(self, share: float) -> "Limits":
        """Return the same limits with a deadline that leaves this share of the time left."""
        if self.deadline is None:
            return self
        now = time.monotonic()
        return replace(self, deadline=now + share * (self.deadline - now))

    @property
    def cancelled(self) -> bool:
        """Return whether the search was cancelled."""
        return self.cancel is not None and self.cancel.is_set()

    def tell(self, value: int | None, bound: int | None) -> None:
        """Report the best value and the bound so far to `listen`."""
        if self.listen:
            self.listen(value, bound)


@dataclass(frozen=True)
class Relaxed:
    """The linear relaxation: whether it is proved infeasible, an optimal vertex, and its row duals.

    Point and duals are None if it was not solved.
    """

    infeasible: bool
    point: Floats | None = None
    duals: Floats | None = None


@dataclass(frozen=True)
class Searched:
    """The result of branch and bound: a point (None: none), the dual bound, and the limit that stopped it.

    `infeasible` is a proof.
    """

    point: Numbers | None
    bound: float
    infeasible: bool
    stopped: Stopped


def relax(program: Program, limits: Limits) -> Relaxed:
    """Solve the linear relaxation by interior point, with crossover."""
    stop = Stop(seconds=limits.left, cancel=limits.cancel)
    found = solve(mip_of(program), Method.INTERIOR_POINT, stop, limits.seed)
    if found is None:
        return Relaxed(infeasible=False)
    if found.status in ("infeasible", "infeasible_or_unbounded"):
        return Relaxed(infeasible=True)
    if found.duals is None or found.point is None:
        return Relaxed(infeasible=False)
    return Relaxed(infeasible=False, point=found.point, duals=found.duals)


def search(program: Program, hint: Numbers | None, limits: Limits) -> Searched:
    """Solve by branch and bound, to optimality unless a limit is reached first."""
    stop = Stop(seconds=limits.left, nodes=limits.work, cancel=limits.cancel)
    found = solve(mip_of(program), Method.BRANCH_AND_BOUND, stop, limits.seed, hint)
    if found is None:
        return Searched(None, -np.inf, False, "cancelled")
    point = None if found.point is None else np.rint(found.point).astype(np.int64)
    if point is not None and not program.allows(point):
        point = None
    return Searched(point, found.bound, found.status == "infeasible", found.limit)


def mip_of(program: Program) -> Mip:
    """Return the program as the adapter to the solvers takes it."""
    return Mip(
        cost=program.cost,
        lower=program.lower,
        upper=program.upper,
        row_lower=_open(program.row_lower),
        row_upper=_open(program.row_upper),
        row=program.row,
        column=program.column,
        coefficient=program.coefficient,
    )


def _open(limits: Numbers) -> Floats:
    values = limits.astype(float)
    values[limits >= FREE] = np.inf
    values[limits <= -FREE] = -np.inf
    return values
