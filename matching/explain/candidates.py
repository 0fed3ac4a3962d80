"""Who can take one company on, while all others keep the buddy they have: everybody is tried.

Nothing is searched: with all other relations fixed there are as many choices as buddies, and each is valued
exactly on every level of the policy, the tolerances left aside.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from data.base.dates import parse_week
from data.model.problem import Problem
from data.model.relation import Relation
from data.model.vocabulary import RelationRole
from data.results.explanation import Amount
from data.results.questions import Candidate, Candidates, CaseloadUse
from data.results.reason import ExcludedBuddies, Reason
from data.results.solution import Exclusion
from data.travel.provider import Times
from matching.eligibility.caseload import CASELOAD, caseload_limits, pair_load
from matching.eligibility.reasons import SHOWN, full
from matching.eligibility.rules import Rules
from matching.levels.objectives import Terms, terms_of
from matching.levels.pairs import Pairs, pairs_around
from matching.program.arrays import Numbers

BEST = 3
"""How many candidates are shown."""


def on_day(problem: Problem, day: date) -> Problem:
    """Return a problem whose main relations are those of a day of its first week.

    The engines take what holds on the Monday for current.
    """
    monday = parse_week(problem.horizon.first_week)
    return problem.replace(relations=tuple(_as_on(problem, day, monday)))


def _as_on(problem: Problem, day: date, monday: date) -> Iterator[Relation]:
    for each in problem.relations:
        if each.role is not RelationRole.MAIN:
            yield each
        elif (each.since or day) <= day <= (each.until or day):
            yield each if each.since is None or each.since <= monday else each.replace(since=monday)


@dataclass(frozen=True)
class Placing:
    """A programme with its main relations fixed, in which one company is to be placed."""

    problem: Problem
    times: Times
    company: str
    funded: Collection[str] | None = None

    @cached_property
    def pairs(self) -> Pairs:
        """The current relations, and the eligible pairs of the company."""
        return pairs_around(self.problem, self.times, (self.company,), funded=self.funded)

    @cached_property
    def present(self) -> str:
        """The buddy whom the company has, empty if it has none."""
        relation = self.pairs.present.get(self.company)
        return relation.buddy if relation and (relation.buddy, self.company) in self.pairs.index else ""

    @cached_property
    def others(self) -> Numbers:
        """The relations of all other companies, 0 or 1 for each pair."""
        chosen = np.zeros(len(self.pairs.company), dtype=np.int64)
        for company, relation in self.pairs.present.items():
            pair = self.pairs.index.get((relation.buddy, company))
            if pair is not None and company != self.company:
                chosen[pair] = 1
        return chosen

    @cached_property
    def taken(self) -> dict[str, tuple[int, int, int]]:
        """The load of each buddy without the company."""
        rows = self.pairs.taken(self.others).tolist()
        return {key: (row[0], row[1], row[2]) for key, row in zip(self.pairs.buddies, rows, strict=True)}

    @cached_property
    def rules(self) -> Rules:
        """The hard rules, each with its figures."""
        return Rules(self.problem, self.times, self.funded)

    @cached_property
    def _terms(self) -> tuple[Terms, ...]:
        return tuple(terms_of(each.name, self.pairs) for each in self.problem.policy.objectives)

    def with_buddy(self, buddy: str) -> Numbers:
        """Return the choice in which the company has this buddy (empty: none)."""
        chosen = self.others.copy()
        if buddy:
            chosen[self.pairs.index[buddy, self.company]] = 1
        return chosen

    def values(self, buddy: str) -> tuple[int, ...]:
        """Return the value of each level of the policy if the company has this buddy (empty: none)."""
        chosen = self.with_buddy(buddy)
        return tuple(terms.value(chosen) for terms in self._terms)

    def load(self, buddy: str) -> tuple[int, int, int]:
        """Return what the company adds to the load of an eligible buddy."""
        pair = self.pairs.index[buddy, self.company]
        return pair_load(int(self.pairs.care_of_pair[pair]), int(self.pairs.travel_min[pair]))

    def refused(self, buddy: str) -> Reason | None:
        """Return why a buddy cannot take the company on, None if that is possible."""
        if not self.pairs.eligibility.may(buddy, self.company):
            return self.rules.excluded(buddy, self.company)
        return full(self.problem, buddy, self.taken[buddy], self.load(buddy))

    def amounts(self, values: tuple[int, ...]) -> tuple[Amount, ...]:
        """Return values of the levels with their names."""
        named = zip(self.problem.policy.objectives, values, strict=True)
        return tuple(Amount(name=objective.name, value=value) for objective, value in named)

    def candidate(self, buddy: str, before: tuple[int, ...]) -> Candidate:
        """Return what it means if the company has this buddy, compared with the values before."""
        after, pair = self.values(buddy), self.pairs.index[buddy, self.company]
        row, column = int(self.pairs.buddy[pair]), int(self.pairs.company[pair])
        limits, load = caseload_limits(self.problem.limits[buddy]), self.load(buddy)
        parts = zip(CASELOAD, self.taken[buddy], load, limits, strict=True)
        return Candidate(
            buddy=buddy,
            price=self.amounts(tuple(now - was for now, was in zip(after, before, strict=True))),
            levels=self.amounts(after),
            caseload=tuple(
                CaseloadUse(measured=of, used=used + more, most=most) for of, used, more, most in parts
            ),
            common_languages=self.rules.common_languages(buddy, self.company),
            one_way_min=int(self.pairs.eligibility.one_way_min[row, column]),
            travel_min=int(self.pairs.travel_min[pair]),
            exception=self.rules.exception(buddy, self.company),
        )


def candidates(
    placing: Placing, day: date, among: Collection[str] | None = None, most: int = BEST
) -> Candidates:
    """Return the best buddies for an active company and why all others cannot have it.

    `among`: only these buddies are told of, as candidates or otherwise; None: all.
    """
    company, eligibility = placing.company, placing.pairs.eligibility
    asked = [
        buddy
        for buddy in eligibility.nearest(company)
        if buddy != placing.present and (among is None or buddy in among)
    ]
    reasons = {buddy: placing.refused(buddy) for buddy in asked}
    possible = [buddy for buddy, reason in reasons.items() if reason is None]
    rank = placing.problem.rank
    best = sorted(possible, key=lambda buddy: (placing.values(buddy), rank[buddy]))[:most]
    before = placing.values(placing.present)
    misses = [Exclusion(buddy=buddy, reason=reason) for buddy, reason in reasons.items() if reason]
    return Candidates(
        company=company,
        day=day,
        present=placing.present,
        levels=placing.amounts(before),
        possible=len(possible),
        candidates=tuple(placing.candidate(buddy, before) for buddy in best),
        excluded=_counted(misses),
        nearest=tuple(misses[:SHOWN]),
    )


def _counted(misses: list[Exclusion]) -> tuple[ExcludedBuddies, ...]:
    counts = Counter(each.reason.code for each in misses)
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(ExcludedBuddies(code=code, buddies=count) for code, count in ordered)
