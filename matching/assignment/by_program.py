"""Solve any assignment instance as an integer program with HiGHS."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from matching.assignment.instance import AssignmentInstance, AssignmentResult, Row, Table, pairs_of
from matching.assignment.quick_start import Assignee
from matching.assignment.watch import Watch
from matching.program.arrays import FREE, Draft, Numbers, Program
from matching.program.highs import Limits
from matching.program.minimise import minimise


def solve_program(
    instance: AssignmentInstance, start: Assignee | None, limits: Limits, watch: Watch
) -> AssignmentResult:
    """Return the best assignment, without its objective; `start` is a first one, if known.

    HiGHS does not report its incumbent: a solve that is cancelled in its first search ends with the start.
    """
    pairs = list(pairs_of(instance))
    program = program_of(instance, pairs)
    first = None if start is None else _point(instance, pairs, start)
    answer = minimise(program, first, replace(limits, cancel=watch.cancel))
    assignee = None
    if answer.point is not None:
        taken = {j: i for (i, j), used in zip(pairs, answer.point[: len(pairs)], strict=True) if used}
        assignee = tuple(taken.get(j) for j in range(len(instance.penalty)))
    return AssignmentResult(
        status=answer.status,
        bound=None if assignee is None else answer.bound,
        assignee=assignee,
        stopped=answer.stopped,
    )


def program_of(instance: AssignmentInstance, pairs: list[tuple[int, int]]) -> Program:
    """Return a program: a 0/1 column for each eligible pair, then one for each item that may be left out."""
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


def _point(instance: AssignmentInstance, pairs: list[tuple[int, int]], assignee: Assignee) -> Numbers:
    """Return an assignment as the columns of its program."""
    used = [assignee[j] == i for i, j in pairs]
    out = [assignee[j] is None for j, price in enumerate(instance.penalty) if price is not None]
    return np.array(used + out, dtype=np.int64)


def _numbers(values: Iterable[int | None]) -> Numbers:
    """Return an array in which None becomes zero."""
    return np.array([value or 0 for value in values], dtype=np.int64)
