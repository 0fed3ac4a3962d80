"""Who follows a buddy who leaves: one matching of that buddy's companies, while all others keep theirs."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from data.base.status import Status
from data.model.problem import Problem
from data.results.explanation import Amount
from data.results.questions import Successions, Successor
from data.scenario.rows import without
from data.travel.provider import Times
from matching.eligibility.needs import present_main
from matching.eligibility.rules import Rules
from matching.levels.lexicographic import solve_levels
from matching.levels.objectives import Terms, terms_of
from matching.levels.pairs import Pairs, pairs_around
from matching.program.arrays import Numbers
from matching.program.highs import Limits
from matching.solve import joint_status, matched_pairs, unassigned


@dataclass(frozen=True)
class Leaver:
    """A programme whose main relations are those of the last day of a buddy who leaves.

    `among` are those who may follow; None: all. `funded` are the buddies that a budget pays for.
    """

    problem: Problem
    times: Times
    buddy: str
    funded: Collection[str] | None = None
    among: Collection[str] | None = None

    @cached_property
    def companies(self) -> tuple[str, ...]:
        """The active companies of the buddy, in the order of `Problem.rank`."""
        mine = [key for key, relation in present_main(self.problem).items() if relation.buddy == self.buddy]
        return tuple(sorted(mine, key=self.problem.rank.__getitem__))

    @cached_property
    def after(self) -> Problem:
        """The programme without the buddy."""
        return without(self.problem, buddies={self.buddy})

    @cached_property
    def pairs(self) -> Pairs:
        """The relations of all others, which must stay, and the eligible pairs of the buddy's companies.

        A relation that breaks a caseload stays too: it leaves no room, and is no reason to refuse.
        """
        pairs = pairs_around(self.after, self.times, self.companies, funded=self.funded)
        mine = set(self.companies)
        fixed = np.array([pairs.companies[k] not in mine for k in pairs.company.tolist()], dtype=np.int64)
        told = np.array([self._may(pairs.buddies[k]) for k in pairs.buddy.tolist()], dtype=bool)
        limits = np.maximum(pairs.limits, pairs.taken(fixed))
        kept = (fixed == 1) | told
        present = {key: each.buddy for key, each in pairs.present.items() if (each.buddy, key) in pairs.index}
        return replace(
            pairs,
            buddy=pairs.buddy[kept],
            company=pairs.company[kept],
            travel_min=pairs.travel_min[kept],
            limits=limits,
            kept=present,
        )

    def _may(self, buddy: str) -> bool:
        return self.among is None or buddy in self.among


def successions(leaver: Leaver, day: date, limits: Limits) -> Successions:
    """Return a successor for each company of a buddy who leaves after a day, or why there is none.

    The price of a pair is what each level's value would be less if that company had no buddy (negative:
    decrease), all other successors the same.
    """
    pairs = leaver.pairs
    chosen, levels = solve_levels(pairs, leaver.after.policy.objectives, limits)
    terms = tuple(terms_of(each.name, pairs) for each in leaver.after.policy.objectives)
    rules = Rules(leaver.after, leaver.times, leaver.funded)
    matched = matched_pairs(pairs, chosen, leaver.times, leaver.funded)
    served = {
        each.company: Successor(
            company=each.company,
            buddy=each.buddy,
            price=_price(leaver.after, terms, chosen, pairs.index[each.buddy, each.company]),
            common_languages=each.common_languages,
            one_way_min=each.one_way_min,
            travel_min=each.travel_min,
        )
        for each in matched
        if each.company in leaver.companies
    }
    why = {each.company: each for each in unassigned(pairs, matched, rules, leaver.companies)}
    return Successions(
        buddy=leaver.buddy,
        day=day,
        successors=tuple(served[key] for key in leaver.companies if key in served),
        without=tuple(why[key] for key in leaver.companies if key in why),
        proved=joint_status(levels) is Status.OPTIMAL,
    )


def _price(problem: Problem, terms: tuple[Terms, ...], chosen: Numbers, pair: int) -> tuple[Amount, ...]:
    alone = chosen.copy()
    alone[pair] = 0
    named = zip(problem.policy.objectives, terms, strict=True)
    return tuple(Amount(name=of.name, value=each.value(chosen) - each.value(alone)) for of, each in named)
