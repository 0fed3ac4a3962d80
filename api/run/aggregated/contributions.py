"""What each active company contributes to each measure of the figures for planners and viewers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cached_property

from api.run.aggregated.random_rounding import rounded
from api.run.aggregated.small_cells import Keys, Spread
from api.run.figures import shared_languages
from api.run.planned_days import planned_days
from api.run.run import Run
from data.model.problem import Problem
from matching.eligibility.needs import active_companies

Parts = dict[str, dict[str, int]]


class Measure(StrEnum):
    """What is counted; care is in minutes per four weeks, visits are those in the planned weeks."""

    COMPANIES = "companies"
    SERVED = "served"
    CARE_MIN = "care_min"
    VISITS = "visits"
    SPECIALISTS = "specialists"
    SPOKEN_TO = "spoken_to"


NOT_MATCHED = (Measure.COMPANIES, Measure.SPECIALISTS)
"""The measures that no matching changes."""
WHOLE = {Measure.SERVED: Measure.COMPANIES, Measure.SPOKEN_TO: Measure.SPECIALISTS}
"""The measure of which another measure is a part."""


class Counted:
    """What each active company contributes to each measure.

    `stored` is the problem without the scenario whose run is counted: its companies are those that exist, and
    belong to the rows in which it has them, whatever the scenario made of them.
    """

    def __init__(self, run: Run, stored: Problem) -> None:
        assert run.matching is not None
        self.problem, self.stored = run.problem, stored
        active = active_companies(run.problem)
        served = run.matching.buddy_of
        shared = shared_languages(run.problem, run.matching)
        self._part: dict[Measure, dict[str, int]] = {
            Measure.COMPANIES: dict.fromkeys(active, 1),
            Measure.SERVED: {company: 1 for company in active if company in served},
            Measure.CARE_MIN: {pair.company: pair.care_min for pair in run.matching.pairs},
            Measure.VISITS: _visits(run, set(active)),
        }
        self._rest = {Measure.SERVED: {company: 1 for company in active if company not in served}}
        self._groups = [
            (group, bool(shared[company] & set(group.languages)))
            for company in active
            for group in run.problem.specialists_of[company]
        ]
        specialists = [(group.company, group.count) for group, _ in self._groups]
        spoken = [(group.company, group.count) for group, understood in self._groups if understood]
        unspoken = [(group.company, group.count) for group, understood in self._groups if not understood]
        self._part[Measure.SPECIALISTS] = _summed(specialists)
        self._part[Measure.SPOKEN_TO] = _summed(spoken)
        self._rest[Measure.SPOKEN_TO] = _summed(unspoken)

    @cached_property
    def exist(self) -> frozenset[str]:
        """The companies that the stored problem has."""
        return frozenset(self.stored.company)

    def row_of(self, field: Callable[[Problem, str], str]) -> Callable[[str], str]:
        """Return in which row of a table a company belongs."""
        return lambda company: field(self.stored if company in self.exist else self.problem, company)

    def spread(self, measure: Measure, key: Callable[[str], str]) -> Spread:
        """Return a measure over the rows that companies belong to."""
        return self._spread(by_row(self._part[measure], key), by_row(self._rest.get(measure, {}), key))

    def by_language(self) -> dict[Measure, Spread]:
        """Return specialists, and those who are spoken to, by language."""
        parts: dict[str, Parts] = {side: defaultdict(dict) for side in ("all", "spoken", "unspoken")}
        for group, understood in self._groups:
            key = "/".join(sorted(group.languages))
            for side in ("all", "spoken" if understood else "unspoken"):
                held = parts[side][key]
                held[group.company] = held.get(group.company, 0) + group.count
        return {
            Measure.SPECIALISTS: self._spread(parts["all"], {}),
            Measure.SPOKEN_TO: self._spread(parts["spoken"], parts["unspoken"]),
        }

    def rounded(self, spread: Spread, keys: Keys, least: int) -> int:
        """Return a figure to which `least` companies, each as large as the largest, may have added or not."""
        held = _summed(each for key in keys for each in spread.part.get(key, {}).items())
        real, largest = sum(held.values()), max(held.values(), default=0)
        rows = (self.stored.company[company] for company in held)
        return rounded(real, least * largest, rows) + spread.sum_of(keys) - real

    def _spread(self, part: Parts, rest: Parts) -> Spread:
        """Return a spread in which invented companies protect nobody."""
        real, invented = self._apart(part)
        return Spread(real, self._apart(rest)[0], invented)

    def _apart(self, parts: Mapping[str, Mapping[str, int]]) -> tuple[Parts, Parts]:
        sides: tuple[Parts, Parts] = {}, {}
        for key, held in parts.items():
            for company, amount in held.items():
                sides[company not in self.exist].setdefault(key, {})[company] = amount
        return sides


def _visits(run: Run, active: set[str]) -> dict[str, int]:
    """Return planned visits by company, without appointments."""
    legs = (leg for day in planned_days(run) for leg in day.legs if not leg.appointment)
    return _summed((leg.stop.place, 1) for leg in legs if leg.stop.place in active)


def _summed(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    total: dict[str, int] = defaultdict(int)
    for company, amount in amounts:
        total[company] += amount
    return dict(total)


def by_row(amounts: Mapping[str, int], key: Callable[[str], str]) -> Parts:
    """Return what companies contribute, which is not 0, by the rows that they belong to."""
    parts: Parts = defaultdict(dict)
    for company, amount in amounts.items():
        if amount:
            parts[key(company)][company] = amount
    return dict(parts)
