"""Match a problem: assign companies to buddies, with proof and reasons."""

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from data.base.status import Status
from data.model.policy import ObjectiveName
from data.model.problem import Problem
from data.results.solution import Exclusion, Level, Matching, Pair, Unassigned
from data.travel.provider import Times
from matching.assignment.solve import AssignmentOptions
from matching.eligibility.caseload import pair_load
from matching.eligibility.expected_travel import COEFFICIENTS, Coefficients
from matching.eligibility.reasons import left_out, no_eligible_buddy, taken_loads
from matching.eligibility.rules import Rules
from matching.levels.lexicographic import Progress, solve_levels
from matching.levels.objectives import terms_of
from matching.levels.pairs import Pairs, pairs_of
from matching.positions.budget import Funding, funding_within
from matching.program.arrays import Numbers
from matching.program.highs import Limits


@dataclass(frozen=True)
class MatchOptions(AssignmentOptions):
    """Limits and settings of a match; see `AssignmentOptions`.

    By default there is no time limit: the same problem and seed give the same matching on every machine.
    """

    work: int | None = 1000


def match(
    problem: Problem,
    times: Times,
    options: MatchOptions = MatchOptions(),
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    coefficients: Coefficients = COEFFICIENTS,
) -> Matching:
    """Give every active company a main buddy, or a reason why not, by the policy's ordered objectives.

    `progress` is called at the start of every level and with its better values and bounds. Once `cancel` is
    set, the best matching so far is returned soon. Raises `matching.levels.lexicographic.NotSolvable` if pins
    break a caseload or too few relations may change, and ValueError if a company is pinned to two buddies.
    """
    limits = replace(options.limits, cancel=cancel)
    pairs, funding = payable_pairs(problem, times, limits, coefficients)
    chosen, levels = solve_levels(pairs, problem.policy.objectives, limits, progress)
    levels = over_every_choice(levels, funding)
    funded = funding.funded if funding else None
    matched = matched_pairs(pairs, chosen, times, funded)
    return Matching(
        problem_hash=problem.hash,
        travel_estimate=coefficients.name,
        funded=funded,
        seed=options.seed,
        status=joint_status(levels),
        levels=levels,
        pairs=matched,
        unassigned=unassigned(pairs, matched, Rules(problem, times, funded)),
    )


def payable_pairs(
    problem: Problem, times: Times, limits: Limits, coefficients: Coefficients = COEFFICIENTS
) -> tuple[Pairs, Funding | None]:
    """Return the pairs to choose from, and which buddies a budget pays, None: all; raises as `match` does."""
    funding = funding_within(problem, times, limits, coefficients)
    return pairs_of(problem, times, coefficients, funding.funded if funding else None), funding


def over_every_choice(levels: tuple[Level, ...], funding: Funding | None) -> tuple[Level, ...]:
    """Return the levels with bounds that hold for every choice of buddies within the budget."""
    if funding is None:
        return levels
    return tuple(_within_budget(level, funding.unserved_bound) for level in levels)


def _within_budget(level: Level, unserved_bound: int) -> Level:
    if level.name is not ObjectiveName.UNSERVED:
        return level
    bound = min(level.bound, unserved_bound)
    return level.replace(bound=bound, status=level.status if bound == level.value else Status.FEASIBLE)


def joint_status(levels: Iterable[Level]) -> Status:
    """Return whether all levels are proved."""
    proved = all(level.status is Status.OPTIMAL for level in levels)
    return Status.OPTIMAL if proved else Status.FEASIBLE


def matched_pairs(
    pairs: Pairs, chosen: Numbers, times: Times, funded: Collection[str] | None = None
) -> tuple[Pair, ...]:
    """Return the chosen pairs (0 or 1 for each of `pairs`) with their figures, sorted by company."""
    rules, matched = Rules(pairs.problem, times, funded), []
    for k in np.flatnonzero(chosen).tolist():
        row, column = int(pairs.buddy[k]), int(pairs.company[k])
        buddy, company = pairs.buddies[row], pairs.companies[column]
        relation = pairs.present.get(company)
        matched.append(
            Pair(
                company=company,
                buddy=buddy,
                one_way_min=int(pairs.eligibility.one_way_min[row, column]),
                travel_min=int(pairs.travel_min[k]),
                care_min=int(pairs.care_min[column]),
                common_languages=rules.common_languages(buddy, company),
                kept=relation is not None and relation.buddy == buddy,
                pinned=company in pairs.pinned,
                exception=rules.exception(buddy, company),
            )
        )
    return tuple(sorted(matched, key=lambda pair: pair.company))


def unassigned(
    pairs: Pairs, matched: Sequence[Pair], rules: Rules, among: Collection[str] | None = None
) -> tuple[Unassigned, ...]:
    """Return why each company that no matched pair serves has no buddy; `among` them; None: all."""
    served, taken = {pair.company for pair in matched}, taken_loads(matched)
    reasons = []
    for column, company in enumerate(pairs.companies):
        if company in served or (among is not None and company not in among):
            continue
        nearest = pairs.eligibility.nearest(company)
        eligible = [buddy for buddy in nearest if (buddy, company) in pairs.index]
        if eligible:
            care = int(pairs.care_min[column])
            travel = {buddy: int(pairs.travel_min[pairs.index[buddy, company]]) for buddy in eligible}
            loads = {buddy: pair_load(care, travel[buddy]) for buddy in eligible}
            reasons.append(left_out(pairs.problem, company, loads, taken))
        else:
            why = ((buddy, rules.excluded(buddy, company, pairs.kept)) for buddy in nearest)
            excluded = [Exclusion(buddy=buddy, reason=reason) for buddy, reason in why if reason]
            pinned = rules.pinned.get(company)
            reasons.append(
                no_eligible_buddy(company, sorted(excluded, key=lambda each: each.buddy != pinned))
            )
    return tuple(sorted(reasons, key=lambda each: each.company))


def rematched(pairs: Pairs, chosen: Numbers, times: Times, matching: Matching) -> Matching:
    """Return a matching with another choice of `pairs` within the levels' limits, and new final values."""
    matched = matched_pairs(pairs, chosen, times, matching.funded)
    finals = (terms_of(level.name, pairs).value(chosen) for level in matching.levels)
    return matching.replace(
        levels=tuple(
            level.replace(final=final) for level, final in zip(matching.levels, finals, strict=True)
        ),
        pairs=matched,
        unassigned=unassigned(pairs, matched, Rules(pairs.problem, times, matching.funded)),
    )
