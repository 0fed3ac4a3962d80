"""Solve an assignment instance with one resource, one independent part after another."""

import time

from data.base.status import Status
from matching.assignment.instance import AssignmentInstance, AssignmentResult
from matching.assignment.search.rounds import SearchResult, solve_tables
from matching.assignment.table_parts import TablePart, table_parts
from matching.assignment.watch import Progress, Watch
from matching.program.highs import Limits


def solve_parts(
    instance: AssignmentInstance, limits: Limits, watch: Watch, progress: Progress | None
) -> AssignmentResult | None:
    """Return the best assignment, without its objective; None if the instance is of another kind.

    The parts share the remaining time in proportion to their sizes; `limits.work` applies to each.
    """
    parts = table_parts(instance)
    if parts is None:
        return None
    if any(len(part.tables.cost) == 0 for part in parts):
        return AssignmentResult(status=Status.INFEASIBLE)
    assignee: list[int | None] = [None] * len(instance.penalty)
    floors = [part.floor for part in parts]
    value, found = 0, list[SearchResult]()
    for k, part in enumerate(parts):

        def told(best: int | None, bound: int, k: int = k, before: int = value) -> None:
            if progress:
                incumbent = None if best is None or k + 1 < len(parts) else before + best
                progress(incumbent, sum(each.bound for each in found) + bound + sum(floors[k + 1 :]))

        share = Watch(_deadline(watch.deadline, parts[k:]), watch.cancel)
        solved = solve_tables(part.tables, part.nobody, limits, share, told)
        if solved.infeasible:
            return AssignmentResult(status=Status.INFEASIBLE)
        found.append(solved)
        value += solved.value
        if solved.best is not None:
            for j, i in zip(part.items.tolist(), solved.best.tolist(), strict=True):
                assignee[j] = None if i == part.nobody else int(part.agents[i])
    ended = min((each.ended for each in found if each.ended), default=None)
    if any(each.best is None for each in found):
        return AssignmentResult(status=Status.UNKNOWN, stopped=ended)
    bound = sum(each.bound for each in found)
    return AssignmentResult(
        status=Status.OPTIMAL if bound == value else Status.FEASIBLE,
        bound=bound,
        assignee=tuple(assignee),
        stopped=ended,
    )


def _deadline(last: float | None, parts: list[TablePart]) -> float | None:
    """Return when the first of the parts has used its share of the remaining time."""
    if last is None:
        return None
    now, sizes = time.monotonic(), [part.tables.cost.size for part in parts]
    return now + (last - now) * sizes[0] / sum(sizes)
