"""The judge of a frontier: recompute every rule and figure of every point without a solver."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from data.base.status import Violation
from data.model.cost import yearly_cents
from data.model.problem import Problem
from data.positions.position import Position
from data.results.frontier import Frontier, FrontierPoint, positions_hash
from data.travel.provider import Times
from matching.eligibility.caseload import (
    CASELOAD,
    Load,
    caseload_limits,
    kept_relations,
    pair_load,
    total_loads,
)
from matching.eligibility.expected_travel import COEFFICIENTS, expected_travel
from matching.eligibility.needs import active_companies, care_min, coverage_weight, present_main
from matching.eligibility.pairs_allowed import Eligibility, find_eligible
from matching.eligibility.rules import Rules
from matching.program.arrays import Numbers


def check_frontier(
    problem: Problem, times: Times, positions: Sequence[Position], frontier: Frontier
) -> list[Violation]:
    """Return all violations in a frontier; empty if it is valid.

    `problem` has every position filled. Whether a bound is true cannot be checked without a solver; that it
    never falls, and that no point serves more than it, can.
    """
    made = (frontier.problem_hash, frontier.positions_hash, frontier.travel_estimate)
    if made != (problem.hash, positions_hash(positions), COEFFICIENTS.name):
        return [_of(0, "hashes", "made for other files, or with another estimate of travel")]
    case = _Case(problem, times, positions)
    found = list(_curves(frontier))
    for point in frontier.points:
        unknown = list(_unknown(case, point))
        checks = () if unknown else (_choice, _pairs, _caseloads, _required_pairs, _figures)
        found += unknown + [violation for check in checks for violation in check(case, point)]
    return found


@dataclass(frozen=True)
class _Case:
    """The inputs of the checks."""

    problem: Problem
    times: Times
    positions: Sequence[Position]

    @cached_property
    def rules(self) -> Rules:
        return Rules(self.problem, self.times)

    @cached_property
    def eligibility(self) -> Eligibility:
        return find_eligible(self.problem, self.times)

    @cached_property
    def bundle(self) -> dict[str, str]:
        return {position.id: position.bundle for position in self.positions}

    @cached_property
    def kept(self) -> dict[str, str]:
        """The kept relations and the pins; none of them involves a position."""
        relations = [r for r in present_main(self.problem).values() if r.buddy in self.problem.buddy]
        possible = [r for r in relations if not self.rules.excluded(r.buddy, r.company)]
        pins = {
            c: b
            for c, b in self.rules.pinned.items()
            if b in self.problem.buddy and not self.rules.excluded(b, c)
        }
        if self.problem.policy.rematch:
            return pins
        taken = total_loads((b, self.load(b, c)) for c, b in pins.items())
        limits = {buddy.id: caseload_limits(buddy) for buddy in self.problem.buddies}
        free = [r for r in possible if r.company not in pins]
        return pins | kept_relations(free, taken, limits, self.load, self.problem.rank.__getitem__)

    def load(self, buddy: str, company: str) -> Load:
        row, column = self.eligibility.buddy_row[buddy], self.eligibility.company_column[company]
        return pair_load(care_min(self.problem.care_of[company]), int(self._travel[row, column]))

    @cached_property
    def _travel(self) -> Numbers:
        return expected_travel(self.problem, self.times, self.eligibility)


def _curves(frontier: Frontier) -> Iterator[Violation]:
    """Points must be 0, 1, 2 …; served weight and bound never fall, and none serves more than its bound."""
    before: FrontierPoint | None = None
    for n, point in enumerate(frontier.points):
        if point.count != n:
            yield _of(n, "count", f"the point is of {point.count} positions")
        if not point.served <= point.bound <= frontier.whole:
            yield _of(n, "bound", f"{point.served} served, bound {point.bound}, of {frontier.whole}")
        if before and (point.served < before.served or point.bound < before.bound):
            yield _of(n, "monotone", "one position more serves less, or lowers the bound")
        if point.marginal != (point.served - before.served if before else 0):
            yield _of(n, "marginal", f"{point.marginal} is not the difference to the point before")
        before = point


def _unknown(case: _Case, point: FrontierPoint) -> Iterator[Violation]:
    """Positions, buddies and active companies must be those of the problem; each company has one buddy."""
    active = set(active_companies(case.problem))
    for key in point.positions:
        if key not in case.bundle:
            yield _of(point.count, "unknown", f"no such position {key}")
    for company, buddy in point.buddy_of:
        if company not in active or buddy not in case.problem.buddy:
            yield _of(point.count, "unknown", f"no such pair {company}, {buddy}")
    for company, times in Counter(company for company, _ in point.buddy_of).items():
        if times > 1:
            yield _of(point.count, "one_buddy", f"company {company} has {times} buddies")


def _choice(case: _Case, point: FrontierPoint) -> Iterator[Violation]:
    """At most `count` positions, each once, bundles whole; only funded buddies serve."""
    if len(set(point.positions)) != len(point.positions) or len(point.positions) > point.count:
        yield _of(point.count, "positions", f"{len(point.positions)} positions, or one twice")
    chosen = set(point.positions)
    for key, bundle in case.bundle.items():
        if bundle and key not in chosen and any(case.bundle[other] == bundle for other in chosen):
            yield _of(point.count, "bundle", f"bundle {bundle} is funded without {key}")
    for company, buddy in point.buddy_of:
        if buddy in case.bundle and buddy not in chosen:
            yield _of(point.count, "funded", f"company {company} is served by {buddy}, who is not funded")


def _pairs(case: _Case, point: FrontierPoint) -> Iterator[Violation]:
    """Every pair must be eligible."""
    for company, buddy in point.buddy_of:
        if reason := case.rules.excluded(buddy, company):
            yield _of(point.count, reason.code, f"company {company}, buddy {buddy}")


def _caseloads(case: _Case, point: FrontierPoint) -> Iterator[Violation]:
    """Nobody may have more companies, care minutes or work minutes than the limits allow."""
    for buddy, taken in total_loads((b, case.load(b, c)) for c, b in point.buddy_of).items():
        limits = caseload_limits(case.problem.buddy[buddy])
        for what, used, most in zip(CASELOAD, taken, limits, strict=True):
            if used > most:
                yield _of(point.count, "caseload", f"buddy {buddy}: {used} {what}, at most {most}")


def _required_pairs(case: _Case, point: FrontierPoint) -> Iterator[Violation]:
    """Pins and kept relations must hold; `rematch` must not end more relations than allowed."""
    buddy_of, policy = dict(point.buddy_of), case.problem.policy
    for company, buddy in case.kept.items():
        if buddy_of.get(company) != buddy:
            yield _of(point.count, "kept_relation", f"company {company} belongs to {buddy}")
    if policy.rematch and policy.max_changed_relations is not None:
        changed = [
            r.company
            for r in present_main(case.problem).values()
            if r.buddy in case.problem.buddy
            and not case.rules.excluded(r.buddy, r.company)
            and buddy_of.get(r.company) != r.buddy
        ]
        if len(changed) > policy.max_changed_relations:
            yield _of(point.count, "max_changed_relations", f"{len(changed)} relations end")


def _figures(case: _Case, point: FrontierPoint) -> Iterator[Violation]:
    """Served weight, counts and costs must add up."""
    problem, served = case.problem, [company for company, _ in point.buddy_of]
    right = {
        "served": sum(problem.company[key].priority * coverage_weight(problem, key) for key in served),
        "companies": len(served),
        "specialists": sum(group.count for key in served for group in problem.specialists_of[key]),
        "cost_cents": sum(yearly_cents(problem.buddy[key], problem.policy) for key in point.positions),
    }
    for name, value in right.items():
        if getattr(point, name) != value:
            yield _of(point.count, name, f"{getattr(point, name)}, recomputed {value}")


def _of(count: int, rule: str, detail: str) -> Violation:
    return Violation(rule=rule, where=f"point {count}", detail=detail)
