"""The ordered objectives over pairs, each as linear terms in integers.

A level's value is `constant` + Σ `pair_cost` over the chosen pairs + Σ `hinge_cost` × hinge. A *hinge* is the
least integer ≥ 0 that satisfies its rows `scale` × hinge ≥ `base` + Σ coefficient × column: shortfalls,
largest deviations and the like. docs/model-matching.md has the formula for each function.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from data.model.policy import ObjectiveName
from matching.eligibility.caseload import care_targets, mean_target
from matching.eligibility.needs import coverage_weight, helper_languages, relation_weight, spoken_at_level
from matching.eligibility.rules import weaker_half
from matching.levels.pairs import Pairs
from matching.program.arrays import Numbers


@dataclass
class Hinges:
    """Hinge rows of a level under construction; `add` returns the index of a new hinge."""

    cost: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    row_hinge: list[int] = field(default_factory=list)
    scale: list[int] = field(default_factory=list)
    base: list[int] = field(default_factory=list)
    over_pairs: list[tuple[Numbers, Numbers]] = field(default_factory=list)
    over_hinges: list[list[int]] = field(default_factory=list)

    def add(self, cost: int, upper: int) -> int:
        """Add a hinge between 0 and `upper`."""
        self.cost.append(cost)
        self.upper.append(upper)
        return len(self.cost) - 1

    def at_least(
        self, hinge: int, base: int, over: tuple[Numbers, Numbers], hinges: Sequence[int] = (), scale: int = 1
    ) -> None:
        """Require `scale` × hinge ≥ base + Σ coefficient × pair (`over` holds both) + Σ earlier `hinges`."""
        self.row_hinge.append(hinge)
        self.scale.append(scale)
        self.base.append(base)
        self.over_pairs.append(over)
        self.over_hinges.append(list(hinges))


@dataclass(frozen=True)
class Terms:
    """One level as linear terms over the pairs and its own hinges; `gap_over` as in `Level`."""

    constant: int
    pair_cost: Numbers
    hinges: Hinges = field(default_factory=Hinges)
    gap_over: int | None = None

    def value(self, chosen: Numbers) -> int:
        """Return the level's exact value for a 0/1 choice of pairs."""
        hinges = zip(self.hinges.cost, self.complete(chosen), strict=True)
        return self.constant + int(self.pair_cost @ chosen) + sum(int(cost * hinge) for cost, hinge in hinges)

    def complete(self, chosen: Numbers) -> Numbers:
        """Return the least hinges for a 0/1 choice of pairs; a hinge may depend on earlier ones."""
        values = np.zeros(len(self.hinges.cost), dtype=np.int64)
        rows = self.hinges
        for row, hinge in enumerate(rows.row_hinge):
            pairs, coefficients = rows.over_pairs[row]
            total = (
                rows.base[row] + int(coefficients @ chosen[pairs]) + int(values[rows.over_hinges[row]].sum())
            )
            values[hinge] = max(values[hinge], -(-total // rows.scale[row]))
        return values


def terms_of(name: ObjectiveName, pairs: Pairs) -> Terms:
    """Return a level over the pairs."""
    return _LEVELS[name](pairs)


def _unserved(pairs: Pairs) -> Terms:
    """Weight of companies without a main buddy: Σ priority × coverage weight × (1 − Σ x)."""
    problem = pairs.problem
    weight = _numbers(
        problem.company[key].priority * coverage_weight(problem, key) for key in pairs.companies
    )
    return Terms(int(weight.sum()), -weight[pairs.company])


def _district_shortfall(pairs: Pairs) -> Terms:
    """Largest gap of a district's coverage below the floor, in percentage points rounded up."""
    problem, hinges = pairs.problem, Hinges()
    floor = problem.policy.district_floor_percent
    worst = hinges.add(1, floor)
    weight = _numbers(coverage_weight(problem, key) for key in pairs.companies)
    district = np.array([problem.company[key].district for key in pairs.companies], dtype=str)
    for key in sorted(set(district.tolist()) - {""}):
        inside = district == key
        total, chosen = int(weight[inside].sum()), np.flatnonzero(inside[pairs.company])
        served = (chosen, -100 * weight[pairs.company[chosen]])
        hinges.at_least(worst, floor * total, served, scale=total)
    return Terms(0, np.zeros_like(pairs.company), hinges)


def _without_language(pairs: Pairs) -> Terms:
    """Specialists who share no language with their company's main buddy or language helpers."""
    problem = pairs.problem
    spoken, helped = (
        spoken_at_level(problem, problem.policy.language_level),
        helper_languages(problem, pairs.absent),
    )
    speakers: dict[tuple[str, ...], Numbers] = {}
    lacking = np.zeros(len(pairs.companies), dtype=np.int64)
    reached = np.zeros((len(pairs.companies), len(pairs.buddies)), dtype=np.int64)
    for j, key in enumerate(pairs.companies):
        for group in problem.specialists_of[key]:
            if not group.languages or helped[key] & set(group.languages):
                continue
            if group.languages not in speakers:
                asked = set(group.languages)
                speakers[group.languages] = _numbers(bool(spoken[buddy] & asked) for buddy in pairs.buddies)
            lacking[j] += group.count
            reached[j] += group.count * speakers[group.languages]
    return Terms(int(lacking.sum()), -reached[pairs.company, pairs.buddy])


def _broken_relations(pairs: Pairs) -> Terms:
    """Weight of current relations that end; those whose buddy is no longer eligible are a constant."""
    cost, total = np.zeros_like(pairs.company), 0
    for company, relation in pairs.present.items():
        weight = relation_weight(pairs.problem, relation)
        total += weight
        pair = pairs.index.get((relation.buddy, company))
        if pair is not None:
            cost[pair] = -weight
    return Terms(total, cost)


def _travel_min(pairs: Pairs) -> Terms:
    """Expected travel minutes per four weeks."""
    return Terms(0, pairs.travel_min)


def _underload(pairs: Pairs) -> Terms:
    """Care minutes missing to the buddies' minimum caseloads, over buddies who work in the horizon."""
    hinges = Hinges()
    for i, key in enumerate(pairs.buddies):
        least = pairs.problem.limits[key].min_care_min
        if least and key not in pairs.absent:
            chosen = pairs.of_buddy[i]
            hinges.at_least(hinges.add(1, least), least, (chosen, -pairs.care_of_pair[chosen]))
    return Terms(0, np.zeros_like(pairs.company), hinges)


def _imbalance(pairs: Pairs) -> Terms:
    """Largest |care minutes − target| of a buddy who works in the horizon."""
    hinges, targets = Hinges(), _targets(pairs)
    most = max(
        (max(target, pairs.problem.limits[key].max_care_min) for key, target in targets.items()), default=0
    )
    worst = hinges.add(1, most)
    for i, key in enumerate(pairs.buddies):
        if key in targets:
            chosen = pairs.of_buddy[i]
            care = pairs.care_of_pair[chosen]
            hinges.at_least(worst, targets[key], (chosen, -care))
            hinges.at_least(worst, -targets[key], (chosen, care))
    return Terms(0, np.zeros_like(pairs.company), hinges, mean_target(targets))


def _off_mandate(pairs: Pairs) -> Terms:
    """Companies served by the less preferred criterion of `either`; extra buddies of each enterprise."""
    problem, hinges = pairs.problem, Hinges()
    prefers = problem.policy.either_prefers_sector
    rows = zip(pairs.buddy.tolist(), pairs.company.tolist(), strict=True)
    weaker = _numbers(
        weaker_half(problem.buddy[pairs.buddies[i]], problem.company[pairs.companies[j]], prefers)
        for i, j in rows
    )
    enterprise = np.array([problem.company[key].enterprise for key in pairs.companies], dtype=str)
    for name, count in Counter(enterprise.tolist()).items():
        if not name or count == 1:
            continue
        of_enterprise = np.flatnonzero((enterprise == name)[pairs.company])
        visiting = []
        for i in np.unique(pairs.buddy[of_enterprise]):
            visiting.append(hinges.add(0, 1))
            for pair in of_enterprise[pairs.buddy[of_enterprise] == i]:
                hinges.at_least(visiting[-1], 0, (np.array([pair]), np.ones(1, dtype=np.int64)))
        none = np.zeros(0, dtype=np.int64)
        hinges.at_least(hinges.add(1, count - 1), -1, (none, none), visiting)
    return Terms(0, weaker, hinges)


_LEVELS: dict[ObjectiveName, Callable[[Pairs], Terms]] = {
    ObjectiveName.UNSERVED: _unserved,
    ObjectiveName.DISTRICT_SHORTFALL: _district_shortfall,
    ObjectiveName.WITHOUT_LANGUAGE: _without_language,
    ObjectiveName.BROKEN_RELATIONS: _broken_relations,
    ObjectiveName.TRAVEL_MIN: _travel_min,
    ObjectiveName.UNDERLOAD: _underload,
    ObjectiveName.IMBALANCE: _imbalance,
    ObjectiveName.OFF_MANDATE: _off_mandate,
}


def _targets(pairs: Pairs) -> dict[str, int]:
    """Care minutes of each working buddy if shared in proportion to contracts."""
    contracts = {
        key: pairs.problem.limits[key].week_work_min for key in pairs.buddies if key not in pairs.absent
    }
    possible = pairs.eligibility.eligible.any(axis=0)
    return care_targets(contracts, int(pairs.care_min[possible].sum()))


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int64)
