"""The value of a matching on every level, in plain Python, for the judge and for reports.

`matching.levels.objectives` states the same levels as linear terms for the solver; a test keeps both
consistent.
"""

from collections.abc import Collection, Iterable, Mapping

from data.model.policy import ObjectiveName
from data.model.problem import Problem
from data.results.solution import Pair
from data.travel.provider import Times
from matching.eligibility.caseload import care_targets
from matching.eligibility.needs import (
    active_companies,
    care_min,
    coverage_weight,
    present_main,
    relation_weight,
    unheard_groups,
)
from matching.eligibility.rules import Rules, weaker_half


def objective_values(
    problem: Problem, times: Times, pairs: Iterable[Pair], funded: Collection[str] | None = None
) -> dict[ObjectiveName, int]:
    """Return the value of every level, including those that the policy omits.

    `travel_min` is the sum of the pairs' own figures, which the judge compares with the estimate.
    """
    chosen = tuple(pairs)
    buddy_of = {pair.company: pair.buddy for pair in chosen}
    rules = Rules(problem, times, funded)
    care = {buddy.id: 0 for buddy in problem.buddies if buddy.id not in rules.absent}
    for pair in chosen:
        if pair.buddy in care:
            care[pair.buddy] += care_min(problem.busiest_care_of[pair.company])
    return {
        ObjectiveName.UNSERVED: _unserved(problem, buddy_of),
        ObjectiveName.DISTRICT_SHORTFALL: _district_shortfall(problem, buddy_of),
        ObjectiveName.WITHOUT_LANGUAGE: _without_language(problem, buddy_of, rules.unfunded),
        ObjectiveName.BROKEN_RELATIONS: _broken_relations(problem, buddy_of),
        ObjectiveName.TRAVEL_MIN: sum(pair.travel_min for pair in chosen),
        ObjectiveName.UNDERLOAD: sum(max(0, problem.limits[b].min_care_min - care[b]) for b in care),
        ObjectiveName.IMBALANCE: _imbalance(problem, rules, care),
        ObjectiveName.OFF_MANDATE: _off_mandate(problem, buddy_of),
    }


def _unserved(problem: Problem, buddy_of: Mapping[str, str]) -> int:
    left_out = (key for key in active_companies(problem) if key not in buddy_of)
    return sum(problem.company[key].priority * coverage_weight(problem, key) for key in left_out)


def _district_shortfall(problem: Problem, buddy_of: Mapping[str, str]) -> int:
    total, served = dict[str, int](), dict[str, int]()
    for key in active_companies(problem):
        district, weight = problem.company[key].district, coverage_weight(problem, key)
        if district:
            total[district] = total.get(district, 0) + weight
            served[district] = served.get(district, 0) + (weight if key in buddy_of else 0)
    floor = problem.policy.district_floor_percent
    short = (-((100 * served[d] - floor * total[d]) // total[d]) for d in total)
    return max(0, *short) if total else 0


def _without_language(problem: Problem, buddy_of: Mapping[str, str], unpaid: Collection[str]) -> int:
    return sum(
        group.count for groups in unheard_groups(problem, buddy_of, unpaid).values() for group in groups
    )


def _broken_relations(problem: Problem, buddy_of: Mapping[str, str]) -> int:
    present = present_main(problem).values()
    return sum(relation_weight(problem, r) for r in present if buddy_of.get(r.company) != r.buddy)


def fair_shares(problem: Problem, rules: Rules) -> dict[str, int]:
    """Return the fair share of care minutes by contract for each buddy who works in the horizon.

    The total is the care of the companies that have an eligible buddy.
    """
    possible = (
        key
        for key in active_companies(problem)
        if any(rules.excluded(buddy, key) is None for buddy in problem.buddy)
    )
    wanted = sum(care_min(problem.busiest_care_of[key]) for key in possible)
    working = sorted(key for key in problem.buddy if key not in rules.absent)
    return care_targets({key: problem.limits[key].week_work_min for key in working}, wanted)


def _imbalance(problem: Problem, rules: Rules, care: Mapping[str, int]) -> int:
    targets = fair_shares(problem, rules)
    return max((abs(care[key] - targets[key]) for key in care), default=0)


def _off_mandate(problem: Problem, buddy_of: Mapping[str, str]) -> int:
    prefers = problem.policy.either_prefers_sector
    weaker, at_enterprise = 0, dict[str, set[str]]()
    for key, buddy in buddy_of.items():
        company = problem.company[key]
        weaker += weaker_half(problem.buddy[buddy], company, prefers)
        if company.enterprise:
            at_enterprise.setdefault(company.enterprise, set()).add(buddy)
    return weaker + sum(len(buddies) - 1 for buddies in at_enterprise.values())
