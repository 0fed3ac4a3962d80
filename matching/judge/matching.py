"""The judge of a matching: recompute every rule, figure, level and reason without a solver."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from data.base.entity import canonical_json
from data.base.status import ReasonCode, Status, Violation
from data.model.cost import yearly_cents
from data.model.policy import ObjectiveName
from data.model.problem import Problem
from data.model.relation import Relation
from data.results.solution import Matching, Pair, Unassigned
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


def check_matching(problem: Problem, times: Times, matching: Matching) -> list[Violation]:
    """Return all violations in a matching of a problem; empty if it is valid.

    Rules are checked pair by pair in plain Python, not with the arrays that the solver used.
    """
    if matching.problem_hash != problem.hash:
        detail = f"made for {matching.problem_hash}, this is {problem.hash}"
        return [Violation(rule="problem_hash", where="matching", detail=detail)]
    unknown = list(_unknown(problem, matching))
    if unknown:
        return unknown
    case = _Case(problem, times, matching)
    checks = (_budget, _pairs, _figures, _required_pairs, _caseloads, _everybody, _reasons, _levels)
    return [violation for check in checks for violation in check(case)]


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
        return pair_load(care_min(self.problem.care_of[company]), self.travel(buddy, company))

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
            yield _of(pair, "unknown", "no such buddy")
        if pair.company not in active:
            yield _of(pair, "unknown", "no such active company")
        if pair.company in seen:
            yield _of(pair, "one_buddy", "the company has two buddies")
        seen.add(pair.company)
    for each in matching.unassigned:
        if each.company not in active:
            yield Violation(rule="unknown", where=f"company {each.company}", detail="no such active company")
        for exclusion in each.buddies:
            if exclusion.buddy not in problem.buddy:
                yield _at(exclusion.buddy, each.company, "unknown", "no such buddy")


def _pairs(case: _Case) -> Iterator[Violation]:
    """Every pair must be eligible; a rule that a pin overrides must be reported as the pair's exception."""
    for pair in case.matching.pairs:
        reason = case.rules.excluded(pair.buddy, pair.company)
        if reason:
            yield _of(pair, reason.code, canonical_json(reason))
        if pair.exception != case.rules.exception(pair.buddy, pair.company):
            yield _of(pair, "exception", "the exception is not the first rule that the pin sets aside")


def _figures(case: _Case) -> Iterator[Violation]:
    """The figures of every pair must match the problem."""
    if case.matching.travel_estimate != COEFFICIENTS.name:
        made = case.matching.travel_estimate
        detail = f"made with {made or 'none'}, this is {COEFFICIENTS.name}"
        yield Violation(rule="travel_estimate", where="matching", detail=detail)
    if [pair.company for pair in case.matching.pairs] != sorted(case.matching.buddy_of):
        yield Violation(rule="order", where="matching", detail="pairs are not sorted by company")
    for pair in case.matching.pairs:
        relation = case.present.get(pair.company)
        right = {
            "one_way_min": case.times.minutes(pair.buddy, pair.company),
            "travel_min": case.travel(pair.buddy, pair.company),
            "care_min": care_min(case.problem.care_of[pair.company]),
            "common_languages": case.rules.common_languages(pair.buddy, pair.company),
            "kept": relation is not None and relation.buddy == pair.buddy,
            "pinned": case.rules.pinned.get(pair.company) == pair.buddy,
        }
        for name, value in right.items():
            if getattr(pair, name) != value:
                yield _of(pair, name, f"{getattr(pair, name)}, recomputed {value}")


def _required_pairs(case: _Case) -> Iterator[Violation]:
    """Pins must hold; `fill` must keep the relations that fit, `rematch` must not end more than allowed."""
    problem, buddy_of, rules = case.problem, case.matching.buddy_of, case.rules
    possible = {c: b for c, b in rules.pinned.items() if b in problem.buddy and not rules.excluded(b, c)}
    for company, buddy in possible.items():
        if buddy_of.get(company) != buddy:
            yield _at(buddy, company, "pin", f"pinned, but the company has {buddy_of.get(company, 'nobody')}")
    relations = [
        relation
        for relation in case.present.values()
        if relation.buddy in problem.buddy and not rules.excluded(relation.buddy, relation.company)
    ]
    if problem.policy.rematch:
        changed = [r.company for r in relations if buddy_of.get(r.company) != r.buddy]
        most = problem.policy.max_changed_relations
        if most is not None and len(changed) > most:
            detail = f"{len(changed)} relations end, at most {most} may: {', '.join(sorted(changed))}"
            yield Violation(rule="max_changed_relations", where="matching", detail=detail)
        return
    taken = total_loads((buddy, case.load(buddy, company)) for company, buddy in possible.items())
    limits = {buddy.id: caseload_limits(buddy) for buddy in problem.buddies}
    free = [relation for relation in relations if relation.company not in possible]
    kept = kept_relations(free, taken, limits, case.load, problem.rank.__getitem__)
    for company, buddy in kept.items():
        if buddy_of.get(company) != buddy:
            detail = f"to be kept, but the company has {buddy_of.get(company, 'nobody')}"
            yield _at(buddy, company, ReasonCode.KEPT_RELATION, detail)


def _budget(case: _Case) -> Iterator[Violation]:
    """The funded buddies must not cost more than the budget, and no other buddy must be affordable."""
    policy, funded = case.problem.policy, case.matching.funded
    cost = {buddy.id: yearly_cents(buddy, policy) for buddy in case.problem.buddies}
    paid = list(cost) if funded is None else list(funded)
    if sorted(set(paid) & cost.keys()) != sorted(paid):
        yield Violation(rule="budget", where="matching", detail="pays somebody unknown, or twice")
        return
    total, budget = sum(cost[key] for key in paid), policy.budget_cents_per_year
    if budget is not None and total > budget:
        detail = f"{total} cents a year, at most {budget}"
        yield Violation(rule="budget", where="matching", detail=detail)
    for key in cost.keys() - set(paid):
        if budget is None or total + cost[key] <= budget:
            yield Violation(rule="budget", where=f"buddy {key}", detail="not paid, though there is money")


def _caseloads(case: _Case) -> Iterator[Violation]:
    """Nobody may have more companies, care minutes or work minutes than the limits allow."""
    for buddy, taken in sorted(case.taken.items()):
        limits = caseload_limits(case.problem.buddy[buddy])
        for what, used, most in zip(CASELOAD, taken, limits, strict=True):
            if used > most:
                yield Violation(
                    rule="caseload", where=f"buddy {buddy}", detail=f"{used} {what}, at most {most}"
                )


def _everybody(case: _Case) -> Iterator[Violation]:
    """Every active company must have either a buddy or a reason."""
    reasons = [each.company for each in case.matching.unassigned]
    for company in active_companies(case.problem):
        count = reasons.count(company) + (company in case.matching.buddy_of)
        if count != 1:
            detail = "neither a buddy nor a reason" if not count else "a buddy or reason too many"
            yield Violation(rule="everybody", where=f"company {company}", detail=detail)


def _reasons(case: _Case) -> Iterator[Violation]:
    """The reasons of companies without a buddy must be true."""
    for each in case.matching.unassigned:
        if each.reason.code is not _true_reason(case, each):
            detail = f"{each.reason.code}, but it is {_true_reason(case, each)}"
            yield Violation(rule="reason", where=f"company {each.company}", detail=detail)
        for exclusion in each.buddies:
            buddy, found = exclusion.buddy, case.rules.excluded(exclusion.buddy, each.company)
            if found is None:
                load, taken = case.load(buddy, each.company), case.taken.get(buddy, (0, 0, 0))
                found = full(case.problem, buddy, taken, load)
            code = found.code if found else ReasonCode.OUTWEIGHED
            if code is not exclusion.reason.code or (found and found != exclusion.reason):
                yield _at(buddy, each.company, "reason", f"{exclusion.reason.code}, but it is {code}")


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
        yield Violation(rule="levels", where="matching", detail="not the policy's objectives in their order")
        return
    values = objective_values(case.problem, case.times, case.matching.pairs, case.matching.funded)
    mean = mean_target(fair_shares(case.problem, case.rules))
    for level, objective in zip(levels, objectives, strict=True):
        allowed = level.value + objective.allowance(level.value)
        wrong = {
            f"final {level.final}, recomputed {values[level.name]}": level.final != values[level.name],
            f"final {level.final}, held at {level.held_at}": level.final > level.held_at,
            f"held at {level.held_at}, its tolerance allows {allowed}": level.held_at != allowed,
            f"value {level.value} is below its bound {level.bound}": level.value < level.bound,
            f"optimal, but {level.value} is not its bound {level.bound}": (
                level.status is Status.OPTIMAL and level.value != level.bound
            ),
            f"its gap is told over {level.gap_over}": (
                level.gap_over != (mean if level.name is ObjectiveName.IMBALANCE else None)
            ),
        }
        for detail in (text for text, is_wrong in wrong.items() if is_wrong):
            yield Violation(rule="level", where=level.name, detail=detail)
    proved = all(level.status is Status.OPTIMAL for level in levels)
    if (case.matching.status is Status.OPTIMAL) != proved:
        yield Violation(rule="status", where="matching", detail=f"{case.matching.status} against its levels")


def _of(pair: Pair, rule: str, detail: str) -> Violation:
    return _at(pair.buddy, pair.company, rule, detail)


def _at(buddy: str, company: str, rule: str, detail: str) -> Violation:
    return Violation(rule=rule, where=f"company {company}, buddy {buddy}", detail=detail)
