"""Solve again after a change and compare; every figure of an explanation comes from here."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from data.base.status import Status
from data.model.problem import Problem
from data.results.change import Change, applied
from data.results.explanation import Amount, Resolved
from data.results.solution import Matching
from data.travel.provider import Times
from matching.levels.lexicographic import NotSolvable
from matching.solve import MatchOptions, match


@dataclass(frozen=True)
class Case:
    """A matching to be explained, with its inputs; solutions of changed problems are cached."""

    problem: Problem
    times: Times
    matching: Matching
    options: MatchOptions = field(default_factory=MatchOptions)
    _known: dict[tuple[Change, ...], Matching | None] = field(default_factory=dict, compare=False)

    def after(self, changes: tuple[Change, ...]) -> Matching | None:
        """Return the matching of the changed problem, None if there is none."""
        if changes not in self._known:
            changed = self.problem
            for change in changes:
                changed = applied(changed, change)
            try:
                self._known[changes] = match(changed, self.times, self.options)
            except NotSolvable:
                self._known[changes] = None
        return self._known[changes]

    def resolved(self, after: Matching, leave_out: Iterable[str] = ()) -> Resolved:
        """Return how a later matching differs from the one explained, except for companies in `leave_out`."""
        before, known = self.matching, set(leave_out)
        return Resolved(
            price=tuple(
                Amount(name=new.name, value=new.value - old.value)
                for old, new in zip(before.levels, after.levels, strict=True)
            ),
            displaced=tuple(sorted(before.buddy_of.keys() - after.buddy_of.keys() - known)),
            gained=tuple(sorted(after.buddy_of.keys() - before.buddy_of.keys() - known)),
            proved=before.status is Status.OPTIMAL and after.status is Status.OPTIMAL,
        )
