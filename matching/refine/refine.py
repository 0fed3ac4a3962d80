"""Refine a matching: move, swap and eject companies across buddies, priced by routed weeks.

Each round estimates exchanges in the current routes, picks the best ones that have no buddy in common, has
the planner plan the weeks of the affected buddies, and accepts what really saves travel. Served companies,
pins, kept relations, every limit and every level above `travel_min` get no worse; `travel_min` and the levels
below it stay within their limits.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from data.base.message import message
from data.base.status import Violation, violation
from data.model.problem import Problem
from data.results.refinement import Reassigned, Refinement, Routed
from data.results.solution import Matching
from data.travel.provider import Times
from matching.levels.pairs import pairs_of
from matching.refine.exchanges import exchanges
from matching.refine.route_price import RoutePrice
from matching.refine.state import Move, RefineState
from matching.solve import rematched

LEAST_GAIN_MIN = -15
"""An exchange is tried if its estimated gain is at least this: the planner often does slightly better."""
Progress = Callable[[float], None]
"""Called with the share of the limit that is used."""


@dataclass(frozen=True)
class RefineOptions:
    """When to stop: after `seconds`, after `work` caseloads priced by the planner, or at a local optimum.

    Without `seconds` the result is the same on every machine and for any number of processes.
    """

    seconds: float | None = None
    work: int = 2000

    def __post_init__(self) -> None:
        for name, value in (("seconds", self.seconds), ("work", self.work)):
            if value is not None and value <= 0:
                raise ValueError(f"{name} must be positive, got {value}")


def refine(
    problem: Problem,
    times: Times,
    matching: Matching,
    price: RoutePrice,
    options: RefineOptions = RefineOptions(),
    progress: Progress = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Matching, Refinement]:
    """Return a matching with less routed travel, no worse in anything else, and what changed.

    No travel is saved by dropping visits: after each exchange, as many visits are planned as before, and no
    more weight is left out. `stopped` is "seconds", "work" or "cancelled" if the search was cut short.
    """
    begun, pairs = time.monotonic(), pairs_of(problem, times, funded=matching.funded)
    search = _Search(RefineState(pairs, matching, price), price)
    before = search.routed
    first_end = time.monotonic() - begun
    rounds, stopped = 0, _stopped(options, 0, first_end, cancelled)
    while stopped is None and search.improve():
        rounds, used = rounds + 1, time.monotonic() - begun
        progress(min(1.0, max(search.priced / options.work, used / (options.seconds or np.inf))))
        stopped = _stopped(options, search.priced, used + (used - first_end) / rounds, cancelled)
    after = rematched(pairs, search.state.chosen, times, matching)
    return after, Refinement(
        expected_before_min=sum(pair.travel_min for pair in matching.pairs),
        expected_min=sum(pair.travel_min for pair in after.pairs),
        routed_before=before,
        routed=search.routed,
        moved=_moved(matching, after),
        rounds=rounds,
        stopped=stopped,
    )


def check_refinement(matching: Matching, refinement: Refinement) -> list[Violation]:
    """Return violations: claims that the matching does not support, or that are no improvement."""
    rule = where = "refinement"
    expected, stated = sum(pair.travel_min for pair in matching.pairs), refinement.expected_min
    before, after, moved = refinement.routed_before, refinement.routed, refinement.moved
    routed = {"before": tuple(map(str, before)), "after": tuple(map(str, after))}
    found = []
    if stated != expected:
        found.append(violation(rule, where, "judged_expected_travel", stated=stated, right=expected))
    if after != before and not _better(after, before):
        found.append(violation(rule, where, "judged_no_better", **routed))
    if bool(moved) != (after != before):
        found.append(violation(rule, where, "judged_moved_companies", companies=len(moved), **routed))
    for each in moved:
        has = matching.buddy_of.get(each.company)
        if has != each.after or each.before == each.after:
            move = {"company": each.company, "before": each.before, "after": each.after}
            found.append(violation(rule, where, "judged_reassigned", **move, has=has or message("nobody")))
    return found


class _Search:
    """Rounds of exchanges on one state; `priced` counts the caseloads priced by the planner."""

    def __init__(self, state: RefineState, price: RoutePrice) -> None:
        self.state, self.price, self.priced = state, price, 0
        self._failed: set[tuple[object, ...]] = set()

    @property
    def routed(self) -> Routed:
        """The totals over the weeks of all buddies."""
        return sum(self.state.routed, Routed(0, 0, 0))

    def improve(self) -> bool:
        """Try a batch of the best exchanges and accept those that save travel; False if there are none."""
        batch = self._batch()
        caseloads = [self.state.caseload(b, moves) for moves in batch for b in self._concerned(moves)]
        priced = iter(self.price.routed(caseloads))
        self.priced += len(caseloads)
        saving = []
        for moves in batch:
            after = {b: next(priced) for b in self._concerned(moves)}
            before = sum((self.state.routed[b] for b in after), Routed(0, 0, 0))
            total = sum(after.values(), Routed(0, 0, 0))
            if _better(total, before):
                saving.append((total.travel_min - before.travel_min, moves, after))
            else:
                self._failed.add(self._key(moves))
        for _, moves, after in sorted(saving, key=lambda each: (each[0], each[1])):
            if self.state.within(self.state.moved(self.state.chosen, moves)):
                self.state.apply(moves, after)
        return bool(batch)

    def _batch(self) -> list[tuple[Move, ...]]:
        """Return exchanges that together keep every level and have no buddy in common, best first."""
        steps, batch, busy, chosen = self.state.steps(), [], set[int](), self.state.chosen
        for exchange in exchanges(steps, self.state.room(), LEAST_GAIN_MIN):
            moves = tuple((int(steps.company[step]), int(steps.buddy[step])) for step in exchange)
            concerned = self._concerned(moves)
            if busy.isdisjoint(concerned) and self._key(moves) not in self._failed:
                together = self.state.moved(chosen, moves)
                if self.state.within(together):
                    chosen = together
                    busy.update(concerned)
                    batch.append(moves)
        return batch

    def _concerned(self, moves: Sequence[Move]) -> list[int]:
        homes = (int(self.state.buddy_of[company]) for company, _ in moves)
        return sorted({*homes, *(buddy for _, buddy in moves)})

    def _key(self, moves: Sequence[Move]) -> tuple[object, ...]:
        """A failed exchange may be tried again once one of its buddies has other companies."""
        return moves, tuple(self.state.version[buddy] for buddy in self._concerned(moves))


def _better(after: Routed, before: Routed) -> bool:
    fewer = after.planned < before.planned or after.left_out > before.left_out
    return not fewer and after.travel_min < before.travel_min


def _stopped(
    options: RefineOptions, priced: int, next_end: float, cancelled: Callable[[], bool]
) -> str | None:
    """Return the limit reached; no round starts that, at the mean duration, would end too late."""
    if cancelled():
        return "cancelled"
    if options.seconds is not None and next_end > options.seconds:
        return "seconds"
    return "work" if priced >= options.work else None


def _moved(before: Matching, after: Matching) -> tuple[Reassigned, ...]:
    was = before.buddy_of
    return tuple(
        Reassigned(company=pair.company, before=was[pair.company], after=pair.buddy)
        for pair in after.pairs
        if was[pair.company] != pair.buddy
    )
