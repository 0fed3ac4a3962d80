"""What a planner with many scenarios can work out about single companies, by subtracting what is shown.

    python benchmarks/differencing.py [--programmes 200] [--first 0] [--json FILE]

In each drawn programme (`drawn_programmes.py`) a planner runs every scenario of a list: a threshold of one,
invented companies in each district, each group removed, moved to another sector or given more care, ways and
caseloads a little shorter or longer. Two ways are compared in the same run: *open*, where the figures are
counted as the scenario has the programme and everything may be asked, and *shown*, what the service does.

- **small**: figures for fewer existing companies than `min_cell`, none included.
- **crossed**: pairs of figures, with and without a group, that differ by fewer companies than `min_cell`.
- **guessed**: ids of which the answer to a scenario tells whether they exist.
- **pairs** of scenarios that serve all but one company alike: how many narrow that one down to fewer
  companies than `min_cell`, where it is looked for in the rows by district, sector and host that differ most;
  how often that is *right*, and how often *wrong*.

Exit status 1: any figure shown is small or crossed, or a guess is told.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest.mock import patch

from api.run.aggregated.aggregates import Aggregates, Dimension, aggregates, cells_of_companies
from api.run.aggregated.contributions import Measure
from api.run.aggregated.small_cells import coarsest
from api.service.sources import default_sources
from api.studies.outcome import figures
from api.studies.outcome.outcome import ScenarioOutcome
from api.studies.outcome.run_scenario import StudyOptions, outcome_of
from api.studies.planners.permitted import not_permitted
from benchmarks.drawn_programmes import drawn_programme
from data.access import Planner
from data.model.problem import Problem
from data.results.solution import Matching
from data.scenario.kinds import Scenario
from data.scenario.singled_out import singled_out
from data.travel.provider import times_of
from matching.solve import MatchOptions, match

PLANNER = Planner("planner", "drawn")
FIELD = {Dimension.DISTRICT: "districts", Dimension.SECTOR: "sectors", Dimension.HOST: "hosts"}
KEY = {
    Dimension.DISTRICT: lambda company: company.district,
    Dimension.SECTOR: lambda company: company.sector[:1],
    Dimension.HOST: lambda company: company.host,
}


def questions(problem: Problem) -> Iterator[Scenario]:
    """Yield the scenarios that the attacker runs, the base first."""
    yield Scenario(name="base")
    yield _one("min_cell 1", kind="policy", fields={"min_cell": 1})
    for district in problem.programme.districts:
        for count in (1, 2, 3):
            yield _one(
                f"{count} in {district.ags}", kind="add_companies", id="x", count=count, district=district.ags
            )
        yield _one(f"buddy in {district.ags}", kind="add_buddies", id="x", district=district.ags)
    for by, field in FIELD.items():
        keys = sorted({KEY[by](company) for company in problem.companies})
        groups = {(key,) for key in keys} | set(cells_of_companies(problem, by))
        for group in sorted(groups):
            yield _one(f"no {field} {group}", kind="remove_companies", **{field: group})
            yield _one(f"care {field} {group}", kind="care_need", percent=130, **{field: group})
            yield _one(
                f"Z {field} {group}", kind="change_companies", fields={"sector": "Z99"}, **{field: group}
            )
    for minutes in range(30, 100, 7):
        yield _one(f"way {minutes}", kind="policy", fields={"max_one_way_min": minutes})
    for percent in range(60, 140, 8):
        yield _one(f"hours {percent}", kind="contract_hours", percent=percent)
        yield _one(f"travel {percent}", kind="travel", percent=percent)


def _one(name: str, **change: Any) -> Scenario:
    read: Scenario = Scenario.model_validate_json(json.dumps({"name": name, "changes": [change]}))
    return read


class Attack:
    """One programme, with the outcome of each question, shown in one of the two ways."""

    def __init__(self, problem: Problem, protected: bool) -> None:
        self.problem, self.least = problem, problem.policy.min_cell
        sources = default_sources()
        base = match(problem, times_of(problem, sources.travel), MatchOptions())
        self.found: list[tuple[Scenario, ScenarioOutcome, frozenset[str]]] = []
        self.refused = 0
        how = figures.aggregates_of_scenario if protected else lambda run, stored, out: aggregates(run)
        for asked in questions(problem):
            stack = [asked] if asked.changes else []
            if protected and not_permitted(PLANNER, problem, stack):
                self.refused += 1
                continue
            with patch.object(figures, "aggregates_of_scenario", how):
                outcome = outcome_of(problem, sources, stack, StudyOptions(), base)
            self.found.append((asked, outcome, _served(base, outcome)))

    def small(self) -> int:
        """Return how many figures stand for few companies that exist."""
        return sum(
            0 < len(self._there(by, keys, asked)) < self.least
            for asked, outcome, _ in self.found
            for by, _, keys in _cells(outcome.shared)
            if by in KEY
        )

    def crossed(self) -> int:
        """Return how many cells show, with a group and without it, what few companies add."""
        _, base, _ = self.found[0]
        all_of = set(_cells(base.shared))
        count = 0
        for asked, outcome, _ in self.found[1:]:
            if asked.changes[0].kind == "remove_companies":
                gone = singled_out(self.problem, [asked])
                both = all_of & set(_cells(outcome.shared))
                count += sum(
                    0 < len(self._there(by, keys, None) & gone) < self.least
                    for by, _, keys in both
                    if by in KEY
                )
        return count

    def profiles(self) -> Counter[str]:
        """Count the pairs of outcomes that differ by one company, and what most differs between them."""
        told: Counter[str] = Counter()
        for (_, one, served), (_, other, also) in combinations(self.found, 2):
            totals = [each.shared.totals[Measure.COMPANIES] for each in (one, other)]
            if len(served ^ also) != 1 or totals[0] != totals[1]:
                continue
            told["pairs"] += 1
            meant = {c.id for c in self.problem.companies}
            for by, key in KEY.items():
                keys = _largest(one.shared, other.shared, by)
                meant -= {c.id for c in self.problem.companies if keys and key(c) not in keys}
            if len(meant) < self.least:
                told["right" if served ^ also <= meant else "wrong"] += 1
        return told

    def _there(self, by: Dimension, keys: Iterable[str], asked: Scenario | None) -> set[str]:
        """Return the existing companies that a cell is about."""
        gone = set()
        if asked and asked.changes and asked.changes[0].kind == "remove_companies":
            gone = singled_out(self.problem, [asked])
        return {c.id for c in self.problem.companies if KEY[by](c) in keys and c.id not in gone}


def _served(base: Matching, outcome: ScenarioOutcome) -> frozenset[str]:
    served = dict(base.buddy_of)
    for move in outcome.moves:
        served.pop(move.company, None)
        if move.after is not None:
            served[move.company] = move.after
    return frozenset(served)


def _cells(shown: Aggregates) -> Iterator[tuple[Dimension, Measure, tuple[str, ...]]]:
    for table in shown.tables:
        for measure, cells in table.cells.items():
            for cell in cells:
                yield table.by, measure, cell.keys


def _largest(one: Aggregates, other: Aggregates, by: Dimension) -> set[str]:
    """Return the rows in which the served of two outcomes differ most; none if equal, or not shown."""
    both = [{c.keys: c.value for t in each.tables if t.by is by for c in t.cells.get(Measure.SERVED, ())}
            for each in (one, other)]  # fmt: skip
    if not all(both):
        return set()
    apart: dict[tuple[str, ...], int] = {}
    for keys in coarsest(*both):
        values = [sum(value for cell, value in each.items() if set(cell) <= set(keys)) for each in both]
        apart[keys] = abs(values[0] - values[1])
    most = max(apart.values())
    return {key for keys, value in apart.items() if most and value == most for key in keys}


def guesses(problem: Problem) -> int:
    """Return of how many ids the answer tells whether they exist."""
    there, nobody = sorted(problem.company)[0], "nobody"

    def said(key: str) -> list[tuple[Any, ...]]:
        change = _one("guess", kind="change_companies", companies=[key], fields={"priority": 5})
        return [(f.column, f.problem, f.remedy) for f in not_permitted(PLANNER, problem, [change])]

    return int(said(there) != said(nobody))


def main(words: list[str]) -> int:
    """Attack the programmes in both ways, and print what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--programmes", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(words)
    total: dict[str, Counter[str]] = {"open": Counter(), "shown": Counter()}
    for seed in range(asked.first, asked.first + asked.programmes):
        problem = drawn_programme(seed)
        for way, count in total.items():
            attack = Attack(problem, protected=way == "shown")
            count["scenarios"] += len(attack.found)
            count["refused"] += attack.refused
            count["small"] += attack.small()
            count["crossed"] += attack.crossed()
            count["guessed"] += guesses(problem) if way == "shown" else 1
            count.update(attack.profiles())
        print(seed, *(dict(count) for count in total.values()), flush=True)
    for way, count in total.items():
        narrowed = count["right"] + count["wrong"]
        print(way, dict(count), f"narrowed {narrowed / max(1, count['pairs']):.1%}", end=" ")
        print(f"of which right {count['right'] / max(1, narrowed):.1%}")
    if asked.json:
        asked.json.write_text(
            json.dumps({way: dict(count) for way, count in total.items()}), encoding="utf-8"
        )
    shown = total["shown"]
    return int(bool(shown["small"] or shown["crossed"] or shown["guessed"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
