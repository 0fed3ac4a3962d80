"""The judge of a frontier: recompute every rule and figure of every point without a solver."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from data.base.message import message
from data.base.status import Violation, violation
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
        return [violation("hashes", "frontier", "judged_other_files")]
    case = _Case(problem, times, positions)
    found = list(_curves(frontier))
    for point in frontier.points:
        unknown = list(_unknown(case, point))
        checks = () if unknown else (_choice, _pairs, _caseloads, _required_pairs, _figures)
        found += unknown + [each for check in checks for each in check(case, point)]
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
        limits = {key: caseload_limits(buddy) for key, buddy in self.problem.limits.items()}
        free = [r for r in possible if r.company not in pins]
        return pins | kept_relations(free, taken, limits, self.load, self.problem.rank.__getitem__)

    def load(self, buddy: str, company: str) -> Load:
        row, column = self.eligibility.buddy_row[buddy], self.eligibility.company_column[company]
        return pair_load(care_min(self.problem.busiest_care_of[company]), int(self._travel[row, column]))

    @cached_property
    def _travel(self) -> Numbers:
        return expected_travel(self.problem, self.times, self.eligibility)


def _curves(frontier: Frontier) -> Iterator[Violation]:
    """Points must be 0, 1, 2 …; served weight and bound never fall, and none serves more than its bound."""
    before: FrontierPoint | None = None
    for n, point in enumerate(frontier.points):
        where = _place(n)
        if point.count != n:
            yield violation("count", where, "judged_point_of", positions=point.count)
        if not point.served <= point.bound <= frontier.whole:
            figures = {"served": point.served, "bound": point.bound, "whole": frontier.whole}
            yield violation("bound", where, "judged_served", **figures)
        if before and (point.served < before.served or point.bound < before.bound):
            yield violation("monotone", where, "judged_not_monotone")
        if point.marginal != (point.served - before.served if before else 0):
            yield violation("marginal", where, "judged_marginal", marginal=point.marginal)
        before = point


def _unknown(case: _Case, point: FrontierPoint) -> Iterator[Violation]:
    """Positions, buddies and active companies must be those of the problem; each company has one buddy."""
    active, where = set(active_companies(case.problem)), _place(point.count)
    for key in point.positions:
        if key not in case.bundle:
            yield violation("unknown", where, "judged_no_position", position=key)
    for company, buddy in point.buddy_of:
        if company not in active or buddy not in case.problem.buddy:
            yield violation("unknown", where, "judged_no_pair", company=company, buddy=buddy)
    for company, times in Counter(company for company, _ in point.buddy_of).items():
        if times > 1:
            yield violation("one_buddy", where, "judged_buddies", company=company, buddies=times)


def _choice(case: _Case, point: FrontierPoint) -> Iterator[Violation]:
    """At most `count` positions, each once, bundles whole; only funded buddies serve."""
    where = _place(point.count)
    if len(set(point.positions)) != len(point.positions) or len(point.positions) > point.count:
        yield violation("positions", where, "judged_positions", positions=point.positions)
    chosen = set(point.positions)
    for key, bundle in case.bundle.items():
        if bundle and key not in chosen and any(case.bundle[other] == bundle for other in chosen):
            yield violation("bundle", where, "judged_bundle", bundle=bundle, position=key)
    for company, buddy in point.buddy_of:
        if buddy in case.bundle and buddy not in chosen:
            yield violation("funded", where, "judged_not_funded", company=company, buddy=buddy)


def _pairs(case: _Case, point: FrontierPoint) -> Iterator[Violation]:
    """Every pair must be eligible."""
    for company, buddy in point.buddy_of:
        if reason := case.rules.excluded(buddy, company):
            where, why = f"{_place(point.count)} {company} {buddy}", message(f"reason_{reason.code}")
            yield violation(reason.code, where, "judged_excluded", reason=why)


def _caseloads(case: _Case, point: FrontierPoint) -> Iterator[Violation]:
    """Nobody may have more companies, care minutes or work minutes than the limits allow."""
    for buddy, taken in total_loads((b, case.load(b, c)) for c, b in point.buddy_of).items():
        limits = caseload_limits(case.problem.limits[buddy])
        for what, used, most in zip(CASELOAD, taken, limits, strict=True):
            if used > most:
                where, of = f"{_place(point.count)} {buddy}", message(f"measured_{what}")
                yield violation("caseload", where, "judged_caseload", used=used, of=of, most=most)


def _required_pairs(case: _Case, point: FrontierPoint) -> Iterator[Violation]:
    """Pins and kept relations must hold; `rematch` must not end more relations than allowed."""
    buddy_of, policy = dict(point.buddy_of), case.problem.policy
    for company, buddy in case.kept.items():
        if buddy_of.get(company) != buddy:
            pair = {"company": company, "buddy": buddy}
            yield violation("kept_relation", _place(point.count), "judged_belongs_to", **pair)
    if policy.rematch and policy.max_changed_relations is not None:
        changed = [
            r.company
            for r in present_main(case.problem).values()
            if r.buddy in case.problem.buddy
            and not case.rules.excluded(r.buddy, r.company)
            and buddy_of.get(r.company) != r.buddy
        ]
        if len(changed) > policy.max_changed_relations:
            ended = {"most": policy.max_changed_relations, "companies": tuple(sorted(changed))}
            where, rule = _place(point.count), "max_changed_relations"
            yield violation(rule, where, "judged_relations_end", ended=len(changed), **ended)


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
        stated = getattr(point, name)
        if stated != value:
            yield violation(name, _place(point.count), "judged_recomputed", stated=stated, right=value)


def _place(count: int) -> str:
    return f"points[{count}]"
