"""Choose which buddies a budget pays for: those who together serve most, with a bound on any choice."""

from collections.abc import Collection
from dataclasses import dataclass

from data.model.cost import yearly_cents
from data.model.problem import Problem
from data.travel.provider import Times
from matching.eligibility.expected_travel import COEFFICIENTS, Coefficients
from matching.levels.lexicographic import first_point
from matching.levels.pairs import pairs_of
from matching.positions.bound import Ascent
from matching.positions.funding_choice import Money
from matching.positions.openings import Field, field_of
from matching.positions.program import decide
from matching.positions.search import Choice, Search, better
from matching.program.highs import Limits

STEPS, EXCHANGES = 300, 2000
"""Steps of the bound (used twice), and trials of exchanging one buddy."""
SMALL, WORK = 3000, 20_000
"""Fields of up to this many pairs are solved by branch and bound, within WORK nodes, if a gap remains."""


@dataclass(frozen=True)
class Funding:
    """The sorted ids of the funded buddies, and the least `unserved` that any choice could have."""

    funded: tuple[str, ...]
    unserved_bound: int


def funding_within(
    problem: Problem, times: Times, limits: Limits, coefficients: Coefficients = COEFFICIENTS
) -> Funding | None:
    """Choose the buddies that the policy's budget pays for; None if there is no budget, or it pays for all.

    Funded buddies keep the relations that `match` would keep and their pins; no other buddy is affordable in
    addition to those chosen. `max_changed_relations` is left to `match`. Raises
    `matching.levels.lexicographic.NotSolvable` as `match` does.
    """
    budget = problem.policy.budget_cents_per_year
    cost = {buddy.id: yearly_cents(buddy, problem.policy) for buddy in problem.buddies}
    if budget is None or sum(cost.values()) <= budget:
        return None
    present = pairs_of(problem, times, coefficients)
    first_point(present, limits)
    anew = problem.replace(policy=problem.policy.replace(rematch=True, max_changed_relations=None))
    pairs = pairs_of(anew, times, coefficients)
    ids = [[key] for key in pairs.buddies]
    must = present.kept | present.pinned
    field = field_of(pairs, ids, [cost[key] for (key,) in ids], must)
    choice, bound = _chosen(field, budget, limits)
    funded = sorted(pairs.buddies[int(field.units[unit][0])] for unit in choice.units)
    return Funding(tuple(funded), field.whole - bound)


def still_funded(problem: Problem, before: Collection[str]) -> frozenset[str] | None:
    """Return the buddies that the policy's budget pays for if those paid `before` stay, None: all.

    Of the others those are paid that fit in besides, in the order of `Problem.rank`.
    """
    budget = problem.policy.budget_cents_per_year
    if budget is None:
        return None
    order = sorted(problem.buddies, key=lambda buddy: (buddy.id not in before, problem.rank[buddy.id]))
    paid, spent = set[str](), 0
    for buddy in order:
        cost = yearly_cents(buddy, problem.policy)
        if spent + cost <= budget:
            paid.add(buddy.id)
            spent += cost
    return None if len(paid) == len(order) else frozenset(paid)


def _chosen(field: Field, budget: int, limits: Limits) -> tuple[Choice, int]:
    """Return the best choice found within the budget, and a bound on any choice."""
    search, ascent = Search(field), Ascent(field, Money(budget))
    best = search.filled(search.nothing(), budget)
    for _ in range(2):
        units = ascent.improve(0, best.served, STEPS)
        best = better(best, search.filled(search.of_units(units.tolist()), budget))
        best = search.exchanged(best, budget, EXCHANGES)
    if ascent.bounds[0] > best.served and len(field.openings.company) <= SMALL:
        decided = decide(field, budget, Limits(work=WORK, seed=limits.seed))
        if decided is not None:
            found = search.of_pairs(decided.units, decided.pairs)
            best = better(best, search.filled(found, budget))
            ascent.learn(0, decided.bound)
    return best, int(ascent.bounds[0])
