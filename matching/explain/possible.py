"""What a change of a programme makes possible: pairs that become eligible, companies somebody could take."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from data.base.status import Status
from data.model.policy import Objective, ObjectiveName
from data.model.problem import Problem
from data.results.questions import PairOf, Possible, Takeable
from data.travel.provider import Times
from matching.eligibility.needs import active_companies, present_main
from matching.levels.lexicographic import solve_levels
from matching.levels.pairs import Pairs, pairs_around
from matching.program.arrays import Numbers
from matching.program.highs import Limits

NAMED = 20
"""So many companies and pairs are named."""


@dataclass(frozen=True)
class Reach:
    """Who could have whom in a programme whose main relations stay.

    `seen` are the buddies and companies that are told of; None: all.
    """

    problem: Problem
    times: Times
    funded: Collection[str] | None = None
    seen: Collection[str] | None = None

    @cached_property
    def pairs(self) -> Pairs:
        """The current relations, and all eligible pairs of companies without a buddy."""
        return pairs_around(self.problem, self.times, self.without_buddy, funded=self.funded)

    @cached_property
    def without_buddy(self) -> tuple[str, ...]:
        """The active companies without a buddy."""
        relations = present_main(self.problem).items()
        served = {company for company, relation in relations if relation.buddy in self.problem.buddy}
        active = active_companies(self.problem)
        return tuple(key for key in active if key not in served and self._told(key))

    @cached_property
    def eligible(self) -> frozenset[tuple[str, str]]:
        """All eligible pairs (company, buddy)."""
        eligibility = self.pairs.eligibility
        rows, columns = (each.tolist() for each in np.nonzero(eligibility.eligible))
        named = (
            (eligibility.companies[j], eligibility.buddies[i]) for i, j in zip(rows, columns, strict=True)
        )
        return frozenset(pair for pair in named if self._told(*pair))

    @cached_property
    def open(self) -> Pairs:
        """The pairs of companies without a buddy, with the room that the relations leave."""
        pairs, lacking = self.pairs, set(self.without_buddy)
        fits = np.array([key in lacking for key in pairs.companies], dtype=bool)[pairs.company]
        room = np.maximum(pairs.limits - pairs.taken((~fits).astype(np.int64)), 0)
        told = np.array([self._told(key) for key in pairs.buddies], dtype=bool)
        kept = fits & told[pairs.buddy] & _within(pairs, room)
        return replace(
            pairs,
            buddy=pairs.buddy[kept],
            company=pairs.company[kept],
            travel_min=pairs.travel_min[kept],
            limits=room,
            present={},
        )

    @cached_property
    def alone(self) -> frozenset[str]:
        """The companies without a buddy that somebody has room for."""
        return frozenset(self.open.companies[column] for column in self.open.company.tolist())

    def takeable(self, limits: Limits) -> Takeable:
        """Return how many companies somebody could take, each by itself and all together."""
        together, proved = 0, True
        if len(self.open.company):
            chosen, levels = solve_levels(self.open, (Objective(name=ObjectiveName.UNSERVED),), limits)
            together, proved = int(chosen.sum()), levels[0].status is Status.OPTIMAL
        return Takeable(
            without_buddy=len(self.without_buddy), alone=len(self.alone), together=together, proved=proved
        )

    def _told(self, *keys: str) -> bool:
        return self.seen is None or all(key in self.seen for key in keys)


def possible(before: Reach, after: Reach, limits: Limits) -> Possible:
    """Return what the change from one programme to another makes possible and impossible.

    Each of both is solved within half of the time that `limits` leave.
    """
    taken_before, taken_after = before.takeable(limits.for_share(0.5)), after.takeable(limits)
    gained, lost = after.alone - before.alone, before.alone - after.alone
    eligible, excluded = after.eligible - before.eligible, before.eligible - after.eligible
    lacking = {*before.without_buddy, *after.without_buddy}
    return Possible(
        before=taken_before,
        after=taken_after,
        gained_count=len(gained),
        gained=tuple(sorted(gained)[:NAMED]),
        lost_count=len(lost),
        lost=tuple(sorted(lost)[:NAMED]),
        eligible_count=len(eligible),
        eligible=_first(eligible, lacking),
        excluded_count=len(excluded),
        excluded=_first(excluded, lacking),
    )


def _within(pairs: Pairs, room: Numbers) -> Numbers:
    """Return whether each pair by itself fits into the room of its buddy."""
    return np.asarray(np.all(room[pairs.buddy] >= pairs.loads.T, axis=1))


def _first(found: Iterable[tuple[str, str]], lacking: Collection[str]) -> tuple[PairOf, ...]:
    """Return the first pairs, those of companies without a buddy before all others."""
    ordered = sorted(found, key=lambda pair: (pair[0] not in lacking, pair))[:NAMED]
    return tuple(PairOf(company=company, buddy=buddy) for company, buddy in ordered)
