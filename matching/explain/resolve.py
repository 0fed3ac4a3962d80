"""Solve again after a change and compare; every figure of an explanation comes from here."""

import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from data.base.status import Status
from data.model.problem import Problem
from data.results.change import Change, applied
from data.results.explanation import Amount, Resolved
from data.results.solution import Level, Matching
from data.travel.provider import Times
from matching.eligibility.rules import Rules
from matching.levels.lexicographic import NotSolvable, OrderedProgram, ordered_program, solve_ordered
from matching.levels.pairs import Pairs, pairs_of
from matching.positions.budget import Funding
from matching.program.arrays import Numbers
from matching.program.highs import Limits
from matching.solve import MatchOptions, joint_status, over_every_choice, payable_pairs

SOLVING = ("matching.levels.lexicographic",)
"""The modules that a process loads to solve what is asked here."""
Climbed = tuple[Numbers, tuple[Level, ...]]
"""Chosen pairs and levels."""


@dataclass(frozen=True)
class After:
    """What a matching decides, without reasons: who has whom, its levels, and who is paid (None: all)."""

    levels: tuple[Level, ...]
    buddy_of: Mapping[str, str]
    funded: tuple[str, ...] | None


@dataclass(frozen=True)
class Question:
    """A changed problem that another process solves, or that is solved here once its answer is wanted."""

    pairs: Pairs
    funding: Funding | None
    ordered: OrderedProgram
    limits: Limits
    future: Future[Climbed] | None

    @cached_property
    def after(self) -> After:
        """The same as `matching.solve.match` decides."""
        chosen, levels = self.future.result() if self.future else solve_ordered(self.ordered, self.limits)
        taken = np.flatnonzero(chosen)
        rows, columns = self.pairs.buddy[taken].tolist(), self.pairs.company[taken].tolist()
        buddies, companies = self.pairs.buddies, self.pairs.companies
        return After(
            levels=over_every_choice(levels, self.funding),
            buddy_of={companies[j]: buddies[i] for i, j in zip(rows, columns, strict=True)},
            funded=self.funding.funded if self.funding else None,
        )

    def cancel(self) -> None:
        """Nobody wants the answer any more."""
        if self.future:
            self.future.cancel()


@dataclass(frozen=True)
class Case:
    """A matching to be explained, with its inputs; solutions of changed problems are cached."""

    problem: Problem
    times: Times
    matching: Matching
    options: MatchOptions = field(default_factory=MatchOptions)
    executor: Executor | None = None
    cancel: threading.Event | None = None
    _known: dict[tuple[Change, ...], Question | None] = field(default_factory=dict, compare=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, compare=False)

    def over(self, executor: Executor | None) -> "Case":
        """Return the case with an executor; what is known stays known."""
        return self if executor is self.executor else replace(self, executor=executor)

    def go_on(self) -> None:
        """Raise `CancelledError` once nobody wants an answer any more."""
        if self.cancel and self.cancel.is_set():
            raise CancelledError

    @cached_property
    def pairs(self) -> Pairs:
        """The pairs that the matching was chosen from."""
        return pairs_of(self.problem, self.times, funded=self.matching.funded)

    @cached_property
    def rules(self) -> Rules:
        """The hard rules of the problem."""
        return Rules(self.problem, self.times, self.matching.funded)

    def after(self, changes: tuple[Change, ...]) -> After | None:
        """Return what the changed problem's matching decides, None where it has none."""
        with self._lock:
            if changes not in self._known:
                self._known[changes] = self._question_after(changes)
            asked = self._known[changes]
        return asked.after if asked else None

    def _question_after(self, changes: tuple[Change, ...]) -> Question | None:
        changed = self.problem
        for change in changes:
            changed = applied(changed, change)
        try:
            return self.ask(changed, self.times)
        except NotSolvable:
            return None

    def ask(self, problem: Problem, times: Times) -> Question:
        """Have another problem solved like the one explained; raises `NotSolvable`.

        Only its arrays go to another process: a problem takes longer to get there than its arrays to be made.
        """
        self.go_on()
        limits = self.options.limits
        pairs, funding = payable_pairs(problem, times, limits)
        ordered = ordered_program(pairs, problem.policy.objectives, limits)
        future = self.executor.submit(solve_ordered, ordered, limits) if self.executor else None
        return Question(pairs, funding, ordered, limits, future)

    def resolved(self, after: After, leave_out: Iterable[str] = ()) -> Resolved:
        """Return how a later matching differs from the one explained; `leave_out` companies are not named."""
        before, known = self.matching, set(leave_out)
        return Resolved(
            price=tuple(
                Amount(name=new.name, value=new.value - old.value)
                for old, new in zip(before.levels, after.levels, strict=True)
            ),
            displaced=tuple(sorted(before.buddy_of.keys() - after.buddy_of.keys() - known)),
            gained=tuple(sorted(after.buddy_of.keys() - before.buddy_of.keys() - known)),
            proved={before.status, joint_status(after.levels)} == {Status.OPTIMAL},
        )
