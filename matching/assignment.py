"""Kernel: give items to agents within capacities at least cost, with value and bound.

This is the generalised assignment problem with several resources, minimum loads, penalties for items left
out and further totals that must hold; see `matching.instance` for the file format.
"""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matching.highs import Limits
from matching.instance import AssignmentInstance, AssignmentResult, Row, Table, pairs_of
from matching.minimise import minimise
from matching.program import FREE, Draft, Numbers, Program


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
        if self.seconds is not None and not 0 < self.seconds < math.inf:
            raise ValueError(f"seconds must be positive and finite, got {self.seconds}")
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
    answer = minimise(_program(instance, pairs), None, options.limits)
    assignee = None
    if answer.point is not None:
        taken = {j: i for (i, j), used in zip(pairs, answer.point[: len(pairs)], strict=True) if used}
        assignee = tuple(taken.get(j) for j in range(len(instance.penalty)))
    return AssignmentResult(
        status=answer.status,
        objective=objective(instance, assignee) if assignee is not None else None,
        bound=answer.bound if assignee is not None else None,
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
    """One 0/1 column for each eligible pair, then one for leaving out each item that may be."""
    agent, item = _numbers([i for i, _ in pairs]), _numbers([j for _, j in pairs])
    optional = _numbers([j for j, price in enumerate(instance.penalty) if price is not None])
    draft, items = Draft(), len(instance.penalty)
    x = draft.add_columns(np.zeros(len(pairs)), np.ones(len(pairs)))
    out = draft.add_columns(np.zeros(len(optional)), np.ones(len(optional)))
    both = np.concatenate([x, out])
    once, of_item = np.ones(len(both)), np.concatenate([item, optional])
    draft.add_rows(np.ones(items), np.ones(items), of_item, both, once)
    for r, load in enumerate(instance.load):
        taken = _numbers([load[i][j] for i, j in pairs])
        draft.add_rows(instance.min_load[r], instance.capacity[r], agent, x, taken)

    def prices(cost: Table, penalty: Row) -> Numbers:
        return np.concatenate([_numbers([cost[i][j] for i, j in pairs]), _numbers(penalty)[optional]])

    for limit in instance.limits:
        total = prices(limit.cost, limit.penalty)
        draft.add_rows([-FREE], [limit.at_most], np.zeros(len(both)), both, total)
    return draft.program(prices(instance.cost, instance.penalty))


def _numbers(values: Iterable[int | None]) -> Numbers:
    """Return an array in which None counts as zero."""
    return np.array([value or 0 for value in values], dtype=np.int64)
