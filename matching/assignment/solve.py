"""Kernel: assign items to agents within capacities at least cost, with value and bound.

This is the generalised assignment problem with several resources, minimum loads, penalties for items left out
and side constraints; see `matching.assignment.instance` for the file format. Instances that only have
capacities of one resource are solved by `matching.assignment.by_parts`, all others by
`matching.assignment.by_program`.
"""

import math
import threading
import time
from dataclasses import dataclass

from matching.assignment.by_program import solve_program
from matching.assignment.instance import AssignmentInstance, AssignmentResult
from matching.assignment.quick_start import keeps_all, quick_start
from matching.assignment.watch import Progress, Watch
from matching.program.highs import Limits

SMALL = 100
"""Up to this many pairs, HiGHS proves the optimum before the compiled kernels would be loaded."""


@dataclass(frozen=True)
class AssignmentOptions:
    """Limits and settings of a solve.

    `seconds` is wall-clock time, counted from when the compiled kernels are loaded. `work` is the number of
    branch-and-bound nodes of each search, which gives the same result on every machine. None: no limit.
    `workers` independent components are solved in parallel.
    """

    seconds: float | None = None
    work: int | None = None
    workers: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        if self.seconds is not None and not 0 < self.seconds < math.inf:
            raise ValueError(f"seconds must be positive and finite, got {self.seconds}")
        for name, value in (("work", self.work), ("workers", self.workers)):
            if value is not None and value < 1:
                raise ValueError(f"{name} must be at least 1, got {value}")
        if not 0 <= self.seed < 2**31:
            raise ValueError(f"seed must be from 0 to 2147483647, got {self.seed}")

    @property
    def limits(self) -> Limits:
        """The limits of a search that starts now."""
        deadline = None if self.seconds is None else time.monotonic() + self.seconds
        return Limits(work=self.work, deadline=deadline, workers=self.workers, seed=self.seed)


def solve_assignment(
    instance: AssignmentInstance,
    options: AssignmentOptions = AssignmentOptions(),
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> AssignmentResult:
    """Minimise cost plus penalties within all loads and limits.

    `optimal` means that the objective, recomputed in integers, equals an integer bound; `unknown` that a
    limit was reached before anything was found, which cannot be where every item may be left out and nothing
    else is asked. `progress` is called from time to time; once `cancel` is set,
    the best result so far is returned soon.
    """
    large = sum(cost is not None for row in instance.cost for cost in row) > SMALL
    if large:
        from matching.assignment.by_parts import load_kernels, solve_parts

        load_kernels()
    began, limits = time.monotonic(), options.limits
    watch = Watch(limits.deadline, cancel)
    start = quick_start(instance)
    result = solve_parts(instance, start, limits, watch, progress) if large else None
    if result is None:
        result = solve_program(instance, start, limits, watch)
    value = None if result.assignee is None else objective(instance, result.assignee)
    if progress and value is not None and result.bound is not None:
        progress(value, result.bound)
    if result.assignee is not None and not keeps_all(instance, result.assignee):
        raise AssertionError("an assignment that breaks a load or a limit must not be returned")
    return result.replace(objective=value, seconds=round(time.monotonic() - began, 3))


def objective(instance: AssignmentInstance, assignee: tuple[int | None, ...]) -> int:
    """Return cost plus penalties of an assignment of eligible pairs, computed directly from the instance."""
    total = 0
    for j, i in enumerate(assignee):
        price = instance.penalty[j] if i is None else instance.cost[i][j]
        if price is None:
            raise ValueError(f"assignee[{j}]: {i} is not allowed")
        total += price
    return total
