"""Solve an assignment instance with one resource: its independent parts take turns."""

import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cache

from data.base.status import Status
from matching.assignment.instance import AssignmentInstance, AssignmentResult
from matching.assignment.quick_start import Assignee
from matching.assignment.search.rounds import Rounds
from matching.assignment.table_parts import TablePart, table_parts
from matching.assignment.watch import Ended, Progress, Watch
from matching.program.highs import Limits

TURN = 0.5
"""Share of the remaining time that all open parts get in one turn."""
LAST_TURN_S = 0.1
"""A turn shorter than this gets all the time that remains."""


def solve_parts(
    instance: AssignmentInstance,
    start: Assignee | None,
    limits: Limits,
    watch: Watch,
    progress: Progress | None,
) -> AssignmentResult | None:
    """Return the best assignment, without its objective; None if the instance is of another kind.

    `start` is a first assignment, if known. Parts take turns until all are proved, the small ones first, so
    that none starves; `limits.work` applies to each.
    """
    parts = table_parts(instance)
    if parts is None:
        return None
    if any(len(part.tables.cost) == 0 for part in parts):
        return AssignmentResult(status=Status.INFEASIBLE)
    solving = _Parts(parts, start, limits, watch)
    with ThreadPoolExecutor(max_workers=min(2, limits.workers)) as pool:
        for number, deadline in solving.turns():
            solving.go_on(number, deadline, pool, progress)
            if solving.infeasible(number):
                return AssignmentResult(status=Status.INFEASIBLE)
    return solving.result(len(instance.penalty))


@cache
def load_kernels() -> None:
    """Solve a tiny assignment that uses every kernel, so that loading them is behind us."""
    load = ((3, 5, 4, 6, 2), (4, 3, 6, 5, 2), (5, 4, 3, 4, 2))
    instance = AssignmentInstance(
        capacity=((7, 7, 7),),
        min_load=((0, 0, 0),),
        load=(load,),
        cost=tuple(tuple(20 - each for each in row) for row in load),
        penalty=(None,) * 5,
    )
    solve_parts(instance, None, Limits(), Watch(), None)


class _Parts:
    """The searches of all parts, and what ended each."""

    def __init__(self, parts: list[TablePart], start: Assignee | None, limits: Limits, watch: Watch) -> None:
        self.parts, self.limits, self.watch = parts, limits, watch
        self.watches = [Watch(watch.deadline, watch.cancel) for _ in parts]
        self.ended: list[Ended] = [None for _ in parts]
        self.searches = [
            Rounds(
                part.tables, part.nobody, None if start is None else part.inside(start), limits.seed, own.flag
            )
            for part, own in zip(parts, self.watches, strict=True)
        ]

    def turns(self) -> Iterator[tuple[int, float | None]]:
        """Yield the open parts, small ones first, each with the end of its turn, while there is time.

        In a turn a part gets as much as all others of its size; what one leaves is there for those after it.
        """
        sizes = [part.tables.cost.size for part in self.parts]
        order = sorted(range(len(sizes)), key=sizes.__getitem__)
        weight = [size / sum(sizes) + 1 / len(sizes) for size in sizes]
        waiting = order
        while waiting:
            end = self._end_of_turn() if len(waiting) > 1 else self.watch.deadline
            for place, k in enumerate(waiting):
                left = sum(weight[other] for other in waiting[place:])
                now = time.monotonic()
                yield k, None if end is None else now + (end - now) * weight[k] / left
            waiting = [k for k in waiting if self.ended[k] == "seconds" and not self.watch.ended]

    def _end_of_turn(self) -> float | None:
        if self.watch.deadline is None:
            return None
        left = self.watch.deadline - time.monotonic()
        return self.watch.deadline - (left * (1 - TURN) if left * TURN > LAST_TURN_S else 0.0)

    def go_on(self, k: int, deadline: float | None, pool: Executor, progress: Progress | None) -> None:
        """Continue the search of a part until its turn ends."""

        def told(best: int | None, bound: int) -> None:
            if progress:
                known = all(search.best is not None for search in self.searches)
                value = sum(search.value for search in self.searches)
                progress(value if known else None, sum(search.bound for search in self.searches))

        self.watches[k].extend(deadline)
        self.ended[k] = self.searches[k].run(pool, self.watches[k], self.limits.work, told)

    def infeasible(self, k: int) -> bool:
        """Return whether it is proved that a part has no assignment."""
        return self.searches[k].closed and self.searches[k].best is None

    def result(self, items: int) -> AssignmentResult:
        """Join what the parts found."""
        ended = min((each for each in self.ended if each), default=None)
        assignee: list[int | None] = [None] * items
        for part, search in zip(self.parts, self.searches, strict=True):
            if search.best is None:
                return AssignmentResult(status=Status.UNKNOWN, stopped=ended)
            for j, i in zip(part.items.tolist(), part.outside(search.best), strict=True):
                assignee[j] = i
        proved = all(search.closed for search in self.searches)
        return AssignmentResult(
            status=Status.OPTIMAL if proved else Status.FEASIBLE,
            bound=sum(min(search.bound, search.value) for search in self.searches),
            assignee=tuple(assignee),
            stopped=ended,
        )
