"""The pairs to choose from, as arrays: buddy, company, and load of each pair."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data.model.problem import Problem
from data.model.relation import Relation
from data.travel.provider import Times
from matching.eligibility.caseload import Load, caseload_limits, kept_relations, pair_load, total_loads
from matching.eligibility.expected_travel import COEFFICIENTS, Coefficients, expected_travel
from matching.eligibility.needs import care_min, present_main
from matching.eligibility.pairs_allowed import Eligibility, find_eligible
from matching.program.arrays import Numbers


@dataclass(frozen=True)
class Pairs:
    """The candidate pairs of a matching, sorted by company and buddy, with all data needed to judge them.

    `buddy` and `company` index `eligibility.buddies` and `.companies`. `kept` and `pinned` map companies to
    their buddy: those pairs must be chosen, and are the only ones of their company. `present` holds each
    company's current main relation.
    """

    problem: Problem
    eligibility: Eligibility
    buddy: Numbers
    company: Numbers
    travel_min: Numbers
    care_min: Numbers
    limits: Numbers
    kept: dict[str, str]
    pinned: dict[str, str]
    present: dict[str, Relation]

    @property
    def buddies(self) -> tuple[str, ...]:
        """Buddy ids in the order of `Problem.rank`."""
        return self.eligibility.buddies

    @property
    def companies(self) -> tuple[str, ...]:
        """Active company ids in the order of `Problem.rank`."""
        return self.eligibility.companies

    @cached_property
    def index(self) -> dict[tuple[str, str], int]:
        """Index of a pair by (buddy id, company id)."""
        rows = zip(self.buddy.tolist(), self.company.tolist(), strict=True)
        return {(self.buddies[i], self.companies[j]): k for k, (i, j) in enumerate(rows)}

    @cached_property
    def of_buddy(self) -> list[Numbers]:
        """Indices of the pairs of each buddy."""
        order = np.argsort(self.buddy, kind="stable")
        counts = np.bincount(self.buddy, minlength=len(self.buddies))
        return np.split(order, np.cumsum(counts)[:-1])

    @property
    def absent(self) -> frozenset[str]:
        """Buddies who do not work on any day of the horizon, or are not funded."""
        return self.eligibility.absent

    @cached_property
    def care_of_pair(self) -> Numbers:
        """Care minutes per four weeks of each pair's company."""
        return self.care_min[self.company]

    @cached_property
    def loads(self) -> Numbers:
        """The load of each pair, by the parts of a `Load`; shape (3, pairs)."""
        care = self.care_of_pair
        return np.stack([np.ones_like(care), care, care + self.travel_min])

    def taken(self, chosen: Numbers) -> Numbers:
        """Return the load of each buddy for a 0/1 choice of pairs, in the shape of `limits`."""
        total = np.zeros_like(self.limits)
        np.add.at(total, self.buddy, self.loads.T * chosen[:, None])
        return total

    @cached_property
    def forced(self) -> Numbers:
        """Indices of the pairs that must be chosen, sorted."""
        must = (self.kept | self.pinned).items()
        return np.array(sorted(self.index[buddy, company] for company, buddy in must), dtype=np.int64)

    @cached_property
    def keeping(self) -> tuple[Numbers, int]:
        """The pairs that keep a current relation, and how many of them `max_changed_relations` requires."""
        policy = self.problem.policy
        if not policy.rematch or policy.max_changed_relations is None:
            return np.zeros(0, dtype=np.int64), 0
        present = ((relation.buddy, company) for company, relation in self.present.items())
        rows = np.array([self.index[pair] for pair in present if pair in self.index], dtype=np.int64)
        return rows, max(0, len(rows) - policy.max_changed_relations)


def pairs_of(
    problem: Problem,
    times: Times,
    coefficients: Coefficients = COEFFICIENTS,
    funded: Collection[str] | None = None,
) -> Pairs:
    """Find the pairs to choose from; raises ValueError if a company is pinned to two buddies.

    Without `policy.rematch`, companies keep their current main buddy if the pair breaks no rule, longest
    relations first, as far as caseloads allow after the pins; relations that do not fit are open. `funded`
    are the buddies that a budget pays for; None: all.
    """
    eligibility = find_eligible(problem, times, funded)
    buddies, companies = eligibility.buddies, eligibility.companies
    travel = expected_travel(problem, times, eligibility, coefficients)
    care, limits = _care_min(problem, companies), _limits(problem, buddies)
    present = present_main(problem)
    pinned = {c: b for c, b in eligibility.pinned.items() if eligibility.may(b, c)}

    def load(buddy: str, company: str) -> Load:
        row, column = eligibility.buddy_row[buddy], eligibility.company_column[company]
        return pair_load(int(care[column]), int(travel[row, column]))

    kept = {} if problem.policy.rematch else _kept(eligibility, present, pinned, load, problem)
    allowed = eligibility.eligible.copy()
    for company, buddy in kept.items():
        column = eligibility.company_column[company]
        allowed[:, column] = False
        allowed[eligibility.buddy_row[buddy], column] = True
    company_index, buddy_index = np.nonzero(allowed.T)
    return Pairs(
        problem=problem,
        eligibility=eligibility,
        buddy=buddy_index,
        company=company_index,
        travel_min=travel[buddy_index, company_index],
        care_min=care,
        limits=limits,
        kept=kept,
        pinned=pinned,
        present=present,
    )


def pairs_around(
    problem: Problem,
    times: Times,
    open_companies: Collection[str],
    coefficients: Coefficients = COEFFICIENTS,
    funded: Collection[str] | None = None,
) -> Pairs:
    """Return the current main relations as they are, whatever rules they break, and besides them the eligible
    pairs of some companies.

    Nothing is kept or pinned: whoever asks chooses. `funded` as in `pairs_of`.
    """
    eligibility = find_eligible(problem, times, funded)
    row, column = eligibility.buddy_row, eligibility.company_column
    present = present_main(problem)
    allowed = np.zeros_like(eligibility.eligible)
    columns = [column[key] for key in open_companies if key in column]
    allowed[:, columns] = eligibility.eligible[:, columns]
    for company, relation in present.items():
        if relation.buddy in row:
            allowed[row[relation.buddy], column[company]] = True
    travel = expected_travel(problem, times, eligibility, coefficients, allowed)
    company_index, buddy_index = np.nonzero(allowed.T)
    return Pairs(
        problem=problem,
        eligibility=eligibility,
        buddy=buddy_index,
        company=company_index,
        travel_min=travel[buddy_index, company_index],
        care_min=_care_min(problem, eligibility.companies),
        limits=_limits(problem, eligibility.buddies),
        kept={},
        pinned={},
        present=present,
    )


def _care_min(problem: Problem, companies: Iterable[str]) -> Numbers:
    return np.array([care_min(problem.busiest_care_of[key]) for key in companies], dtype=np.int64)


def _limits(problem: Problem, buddies: Iterable[str]) -> Numbers:
    return np.array([caseload_limits(problem.limits[key]) for key in buddies], dtype=np.int64).reshape(-1, 3)


def _kept(
    eligibility: Eligibility,
    present: dict[str, Relation],
    pinned: dict[str, str],
    load: Callable[[str, str], Load],
    problem: Problem,
) -> dict[str, str]:
    """Return current relations that break no rule and fit; pins take precedence."""
    open_to_keep = (
        relation
        for relation in present.values()
        if relation.company not in eligibility.pinned and eligibility.may(relation.buddy, relation.company)
    )
    taken = total_loads((buddy, load(buddy, company)) for company, buddy in pinned.items())
    limits = {key: caseload_limits(buddy) for key, buddy in problem.limits.items()}
    return kept_relations(open_to_keep, taken, limits, load, eligibility.company_column.__getitem__)
