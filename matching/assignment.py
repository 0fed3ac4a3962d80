"""Kernel: give items to agents within capacities at least cost, with value and bound.

This is the generalised assignment problem with several resources, minimum loads, penalties for items left
out and further totals that must hold; see `matching.instance` for the file format.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matching.highs import Limits
from matching.instance import AssignmentInstance, AssignmentResult, pairs_of
from matching.program import FREE, Draft, Numbers, Program
from matching.proof import minimise


@dataclass(frozen=True)
class AssignmentOptions:
    """When to stop, and how.

    `seconds` is wall-clock time; `work` the branch-and-bound nodes of each search, under which the answer is
    the same on every machine; None: until the proof. `workers` independent components are solved at a time.
    """

    seconds: float | None = None
    work: int | None = None
    workers: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        if self.seconds is not None and not self.seconds > 0:
            raise ValueError(f"seconds must be positive, got {self.seconds}")
        for name, value in (("work", self.work), ("workers", self.workers)):
            if value is not None and value < 1:
                raise ValueError(f"{name} must be at least 1, got {value}")
        if not 0 <= self.seed < 2**31:
            raise ValueError(f"seed must be from 0 to 2147483647, got {self.seed}")

    @property
    def limits(self) -> Limits:
        """The limits of a search that begins now."""
        deadline = None if self.seconds is None else time.monotonic() + self.seconds
        return Limits(work=self.work, deadline=deadline, workers=self.workers, seed=self.seed)


def solve_assignment(
    instance: AssignmentInstance, options: AssignmentOptions = AssignmentOptions()
) -> AssignmentResult:
    """Minimise cost plus penalties within all loads and limits.

    `optimal` means that the objective, recomputed in integers, equals an integer bound; `unknown` that a
    limit of the options came before anything was found.
    """
    began = time.monotonic()
    pairs = list(pairs_of(instance))
    fixed = sum(price for price in instance.penalty if price is not None)
    answer = minimise(_program(instance, pairs), None, options.limits)
    assignee = None
    if answer.point is not None:
        taken = {j: i for (i, j), used in zip(pairs, answer.point, strict=True) if used}
        assignee = tuple(taken.get(j) for j in range(len(instance.penalty)))
    found = assignee is not None
    return AssignmentResult(
        status=answer.status,
        objective=objective(instance, assignee) if assignee is not None else None,
        bound=answer.bound + fixed if found else None,
        seconds=round(time.monotonic() - began, 3),
        assignee=assignee,
        stopped=answer.stopped,
    )


def objective(instance: AssignmentInstance, assignee: tuple[int | None, ...]) -> int:
    """Return cost plus penalties of an assignment of eligible pairs, straight from the instance."""
    total = 0
    for j, i in enumerate(assignee):
        price = instance.penalty[j] if i is None else instance.cost[i][j]
        if price is None:
            raise ValueError(f"assignee[{j}]: {i} is not allowed")
        total += price
    return total


def _program(instance: AssignmentInstance, pairs: list[tuple[int, int]]) -> Program:
    """One binary column for each eligible pair; what leaving an item out costs is credited to its pairs."""
    agent, item = _numbers([i for i, _ in pairs]), _numbers([j for _, j in pairs])
    items = len(instance.penalty)
    draft = Draft()
    x = draft.add_columns(np.zeros(len(pairs)), np.ones(len(pairs)))
    optional = np.array([price is not None for price in instance.penalty], dtype=bool)
    draft.add_rows(np.where(optional, 0, 1), np.ones(items), item, x, np.ones(len(pairs)))
    for r, load in enumerate(instance.load):
        taken = _numbers([load[i][j] for i, j in pairs])
        draft.add_rows(instance.min_load[r], instance.capacity[r], agent, x, taken)
    for limit in instance.limits:
        saved = _numbers(limit.penalty)
        cost = _numbers([limit.cost[i][j] for i, j in pairs]) - saved[item]
        room = limit.at_most - int(saved.sum())
        draft.add_rows([-FREE], [room], np.zeros(len(pairs)), x, cost)
    return draft.program(_numbers([instance.cost[i][j] for i, j in pairs]) - _numbers(instance.penalty)[item])


def _numbers(values: Iterable[int | None]) -> Numbers:
    """Return an array in which None counts as zero."""
    return np.array([value or 0 for value in values], dtype=np.int64)
