"""The judge of a matching: recompute every rule, figure, level and reason without a solver."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from data.base.message import Message, message
from data.base.status import ReasonCode, Status, Violation, violation
from data.model.cost import yearly_cents
from data.model.policy import ObjectiveName
from data.model.problem import Problem
from data.model.relation import Relation
from data.results.solution import Level, Matching, Pair, Unassigned
from data.travel.provider import Times
from matching.eligibility.caseload import (
    CASELOAD,
    Load,
    caseload_limits,
    kept_relations,
    mean_target,
    pair_load,
    total_loads,
)
from matching.eligibility.expected_travel import COEFFICIENTS, expected_travel
from matching.eligibility.needs import active_companies, care_min, present_main
from matching.eligibility.pairs_allowed import find_eligible
from matching.eligibility.reasons import full
from matching.eligibility.rules import Rules
from matching.levels.values import fair_shares, objective_values

MATCHING = "matching"
"""The place of what concerns the whole matching."""


def check_matching(problem: Problem, times: Times, matching: Matching) -> list[Violation]:
    """Return all violations in a matching of a problem; empty if it is valid.

    Rules are checked pair by pair in plain Python, not with the arrays that the solver used.
    """
    if matching.problem_hash != problem.hash:
        both = {"made": matching.problem_hash, "this": problem.hash}
        return [violation("problem_hash", MATCHING, "judged_made_for", **both)]
    unknown = list(_unknown(problem, matching))
    if unknown:
        return unknown
    case = _Case(problem, times, matching)
    checks = (_budget, _pairs, _figures, _required_pairs, _caseloads, _everybody, _reasons, _levels)
    return [each for check in checks for each in check(case)]


@dataclass(frozen=True)
class _Case:
    """One matching being judged, with data shared by several checks."""

    problem: Problem
    times: Times
    matching: Matching

    @cached_property
    def rules(self) -> Rules:
        return Rules(self.problem, self.times, self.matching.funded)

    @cached_property
    def travel(self) -> Callable[[str, str], int]:
        """Expected travel by (buddy, company)."""
        eligibility = find_eligible(self.problem, self.times, self.matching.funded)
        travel = expected_travel(self.problem, self.times, eligibility)
        row, column = eligibility.buddy_row, eligibility.company_column
        return lambda buddy, company: int(travel[row[buddy], column[company]])

    def load(self, buddy: str, company: str) -> Load:
        """Return the load that a company adds to a buddy's caseload."""
        return pair_load(care_min(self.problem.busiest_care_of[company]), self.travel(buddy, company))

    @cached_property
    def present(self) -> dict[str, Relation]:
        return present_main(self.problem)

    @cached_property
    def taken(self) -> dict[str, Load]:
        return total_loads((pair.buddy, self.load(pair.buddy, pair.company)) for pair in self.matching.pairs)


def _unknown(problem: Problem, matching: Matching) -> Iterator[Violation]:
    """Pairs and reasons must name buddies and active companies of the problem, pairs each company once."""
    active, seen = set(active_companies(problem)), set[str]()
    for pair in matching.pairs:
        if pair.buddy not in problem.buddy:
            yield violation("unknown", _of(pair), "judged_no_buddy")
        if pair.company not in active:
            yield violation("unknown", _of(pair), "judged_no_company")
        if pair.company in seen:
            yield violation("one_buddy", _of(pair), "judged_two_buddies")
        seen.add(pair.company)
    for each in matching.unassigned:
        if each.company not in active:
            yield violation("unknown", each.company, "judged_no_company")
        for exclusion in each.buddies:
            if exclusion.buddy not in problem.buddy:
                yield violation("unknown", f"{each.company} {exclusion.buddy}", "judged_no_buddy")


def _pairs(case: _Case) -> Iterator[Violation]:
    """Every pair must be eligible; a rule that a pin overrides must be reported as the pair's exception."""
    for pair in case.matching.pairs:
        reason = case.rules.excluded(pair.buddy, pair.company)
        if reason:
            yield violation(reason.code, _of(pair), "judged_excluded", reason=_why(reason.code))
        if pair.exception != case.rules.exception(pair.buddy, pair.company):
            yield violation("exception", _of(pair), "judged_exception")


def _figures(case: _Case) -> Iterator[Violation]:
    """The figures of every pair must match the problem."""
    if case.matching.travel_estimate != COEFFICIENTS.name:
        made = case.matching.travel_estimate or message("judged_nothing")
        yield violation("travel_estimate", MATCHING, "judged_estimate", made=made, this=COEFFICIENTS.name)
    if [pair.company for pair in case.matching.pairs] != sorted(case.matching.buddy_of):
        yield violation("order", MATCHING, "judged_order")
    for pair in case.matching.pairs:
        relation = case.present.get(pair.company)
        right = {
            "one_way_min": case.times.minutes(pair.buddy, pair.company),
            "travel_min": case.travel(pair.buddy, pair.company),
            "care_min": care_min(case.problem.busiest_care_of[pair.company]),
            "common_languages": case.rules.common_languages(pair.buddy, pair.company),
            "kept": relation is not None and relation.buddy == pair.buddy,
            "pinned": case.rules.pinned.get(pair.company) == pair.buddy,
        }
        for name, value in right.items():
            stated = getattr(pair, name)
            if stated != value:
                yield violation(name, _of(pair), "judged_recomputed", stated=stated, right=value)


def _required_pairs(case: _Case) -> Iterator[Violation]:
    """Pins must hold; `fill` must keep the relations that fit, `rematch` must not end more than allowed."""
    problem, buddy_of, rules = case.problem, case.matching.buddy_of, case.rules
    possible = {c: b for c, b in rules.pinned.items() if b in problem.buddy and not rules.excluded(b, c)}
    for company, buddy in possible.items():
        if buddy_of.get(company) != buddy:
            has = buddy_of.get(company) or message("nobody")
            yield violation("pin", f"{company} {buddy}", "judged_pin", has=has)
    relations = [
        relation
        for relation in case.present.values()
        if relation.buddy in problem.buddy and not rules.excluded(relation.buddy, relation.company)
    ]
    if problem.policy.rematch:
        changed = [r.company for r in relations if buddy_of.get(r.company) != r.buddy]
        most = problem.policy.max_changed_relations
        if most is not None and len(changed) > most:
            ended = {"ended": len(changed), "most": most, "companies": tuple(sorted(changed))}
            yield violation("max_changed_relations", MATCHING, "judged_relations_end", **ended)
        return
    taken = total_loads((buddy, case.load(buddy, company)) for company, buddy in possible.items())
    limits = {key: caseload_limits(buddy) for key, buddy in problem.limits.items()}
    free = [relation for relation in relations if relation.company not in possible]
    kept = kept_relations(free, taken, limits, case.load, problem.rank.__getitem__)
    for company, buddy in kept.items():
        if buddy_of.get(company) != buddy:
            has = buddy_of.get(company) or message("nobody")
            yield violation(ReasonCode.KEPT_RELATION, f"{company} {buddy}", "judged_kept", has=has)


def _budget(case: _Case) -> Iterator[Violation]:
    """The funded buddies must not cost more than the budget, and no other buddy must be affordable."""
    policy, funded = case.problem.policy, case.matching.funded
    cost = {buddy.id: yearly_cents(buddy, policy) for buddy in case.problem.buddies}
    paid = list(cost) if funded is None else list(funded)
    if sorted(set(paid) & cost.keys()) != sorted(paid):
        yield violation("budget", MATCHING, "judged_pays_wrongly")
        return
    total, budget = sum(cost[key] for key in paid), policy.budget_cents_per_year
    if budget is not None and total > budget:
        yield violation("budget", MATCHING, "judged_over_budget", cents=total, most=budget)
    for key in cost.keys() - set(paid):
        if budget is None or total + cost[key] <= budget:
            yield violation("budget", key, "judged_not_paid")


def _caseloads(case: _Case) -> Iterator[Violation]:
    """Nobody may have more companies, care minutes or work minutes than the limits allow."""
    for buddy, taken in sorted(case.taken.items()):
        limits = caseload_limits(case.problem.limits[buddy])
        for what, used, most in zip(CASELOAD, taken, limits, strict=True):
            if used > most:
                of = message(f"measured_{what}")
                yield violation("caseload", buddy, "judged_caseload", used=used, of=of, most=most)


def _everybody(case: _Case) -> Iterator[Violation]:
    """Every active company must have either a buddy or a reason."""
    reasons = [each.company for each in case.matching.unassigned]
    for company in active_companies(case.problem):
        count = reasons.count(company) + (company in case.matching.buddy_of)
        if count != 1:
            yield violation("everybody", company, "judged_too_many" if count else "judged_no_reason")


def _reasons(case: _Case) -> Iterator[Violation]:
    """The reasons of companies without a buddy must be true."""
    for each in case.matching.unassigned:
        if each.reason.code is not _true_reason(case, each):
            both = {"stated": _why(each.reason.code), "right": _why(_true_reason(case, each))}
            yield violation("reason", each.company, "judged_reason", **both)
        for exclusion in each.buddies:
            buddy, found = exclusion.buddy, case.rules.excluded(exclusion.buddy, each.company)
            if found is None:
                load, taken = case.load(buddy, each.company), case.taken.get(buddy, (0, 0, 0))
                found = full(case.problem, buddy, taken, load)
            code = found.code if found else ReasonCode.OUTWEIGHED
            if code is not exclusion.reason.code or (found and found != exclusion.reason):
                both = {"stated": _why(exclusion.reason.code), "right": _why(code)}
                yield violation("reason", f"{each.company} {buddy}", "judged_reason", **both)


def _true_reason(case: _Case, left_out: Unassigned) -> ReasonCode:
    company = left_out.company
    eligible = [b for b in case.problem.buddy if case.rules.excluded(b, company) is None]
    if not eligible:
        return ReasonCode.NO_ELIGIBLE_BUDDY
    taken = case.taken
    rooms = (full(case.problem, b, taken.get(b, (0, 0, 0)), case.load(b, company)) is None for b in eligible)
    return ReasonCode.OUTWEIGHED if any(rooms) else ReasonCode.CASELOAD_FULL


def _levels(case: _Case) -> Iterator[Violation]:
    """The levels must be the policy's, stay within their limits, and claim optimality only with proof."""
    levels, objectives = case.matching.levels, case.problem.policy.objectives
    if [level.name for level in levels] != [objective.name for objective in objectives]:
        yield violation("levels", MATCHING, "judged_levels")
        return
    values = objective_values(case.problem, case.times, case.matching.pairs, case.matching.funded)
    mean = mean_target(fair_shares(case.problem, case.rules))
    for level, objective in zip(levels, objectives, strict=True):
        over = mean if level.name is ObjectiveName.IMBALANCE else None
        yield from _level(level, values[level.name], level.value + objective.allowance(level.value), over)
    proved = all(level.status is Status.OPTIMAL for level in levels)
    if (case.matching.status is Status.OPTIMAL) != proved:
        status = message(f"status_{case.matching.status}")
        yield violation("status", MATCHING, "judged_status", status=status)


def _level(level: Level, right: int, allowed: int, over: int | None) -> Iterator[Violation]:
    """One level: its value in the end, what it is held at, its bound, and what its gap is told over."""
    rule, where, proof = "level", level.name, {"value": level.value, "bound": level.bound}
    if level.final != right:
        yield violation(rule, where, "judged_recomputed", stated=level.final, right=right)
    if level.final > level.held_at:
        yield violation(rule, where, "judged_not_held", final=level.final, held_at=level.held_at)
    if level.held_at != allowed:
        yield violation(rule, where, "judged_held_at", held_at=level.held_at, allowed=allowed)
    if level.value < level.bound:
        yield violation(rule, where, "judged_bound_above", **proof)
    if level.status is Status.OPTIMAL and level.value != level.bound:
        yield violation(rule, where, "judged_not_proved", **proof)
    if level.gap_over != over:
        told = message("judged_nothing") if level.gap_over is None else level.gap_over
        yield violation(rule, where, "judged_gap_over", over=told)


def _of(pair: Pair) -> str:
    return f"{pair.company} {pair.buddy}"


def _why(code: ReasonCode) -> Message:
    return message(f"reason_{code}")
