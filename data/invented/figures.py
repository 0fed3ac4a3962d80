"""The figures behind an invented programme: published ones, or those of Sachsen-Anhalt spread by people.

Published ones are in the folder `demand` of a state's reference data; Sachsen-Anhalt alone has them.
"""

import csv
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from data.geo.gazetteer import Gazetteer, Settlement
from data.invented.draws import Weighted
from data.reference.shipped import STATE_UNLESS_SAID, shipped


@dataclass(frozen=True)
class Figures:
    """Demand of a state according to published figures.

    `sites` are the expected sites with foreign employees in each district (AGS), `sizes` those of each size
    class (employees from, to); `sections` and `languages` (alternatives such as `uk/ru`) are weighted by
    foreign employees; `hosts` are kinds with their seats.
    """

    seats: dict[str, str]
    sites: Weighted[str]
    sizes: Weighted[tuple[int, int]]
    sections: Weighted[str]
    languages: Weighted[str]
    hosts: tuple[tuple[str, str], ...]

    def within(self, districts: Collection[str]) -> "Figures":
        """Return the figures with the sites and seats of some districts only."""
        return replace(
            self,
            seats={ags: seat for ags, seat in self.seats.items() if ags in districts},
            sites=[(ags, weight) for ags, weight in self.sites if ags in districts],
        )


FOLDER = "demand"
CENTRES = 4
"""The largest seats of districts are those of chambers, associations and training providers."""


def figures_of(places: Gazetteer) -> Figures:
    """Return the figures of a state: its published ones, else those of Sachsen-Anhalt spread by people."""
    published = _published(places.state)
    if published:
        return published
    figures, seats = read_figures(shipped(STATE_UNLESS_SAID) / FOLDER), seats_of(places)
    people = Counter[str]()
    for town in _towns(places):
        people[town.municipality[:5]] += town.population
    centres = list(seats.values())[:CENTRES]
    others = [kind for kind, _ in figures.hosts if kind != "district"]
    hosts = [(kind, centres[i % len(centres)]) for i, kind in enumerate(others)]
    return replace(
        figures,
        seats=seats,
        sites=[(district, float(people[district])) for district in sorted(people)],
        hosts=(*hosts, *(("district", seat) for seat in seats.values())),
    )


def seats_of(places: Gazetteer) -> dict[str, str]:
    """Return the seat of each district: as published, else its largest town, the largest of all first."""
    published = _published(places.state)
    if published:
        return published.seats
    seats: dict[str, str] = {}
    for town in _towns(places):
        district = town.municipality[:5]
        if district not in seats and places.find(town=town.name)[0].district == district:
            seats[district] = town.name
    return seats


def _published(state: str) -> Figures | None:
    folder = shipped(state) / FOLDER
    return read_figures(folder) if folder.is_dir() else None


def _towns(places: Gazetteer) -> list[Settlement]:
    """Return towns with known population, the largest first; quarters count with their town."""
    towns = [each for each in places.settlements if each.population and not each.main and not each.quarter]
    return sorted(towns, key=lambda town: (-town.population, town.name, town.municipality))


@cache
def read_figures(folder: Path) -> Figures:
    """Read the published figures of a state.

    The expected sites of a district are its companies of each size class times the share of that class that
    employs foreigners, scaled by the ratio of the district's share of foreign employees to the state's.
    """
    districts, classes = _rows(folder / "districts.csv"), _rows(folder / "company_sizes.csv")
    state_share = _total(districts, "foreign_employees") / _total(districts, "employees")
    sites = []
    for district in districts:
        expected = sum(int(district[c["column"]]) * int(c["with_foreign_percent"]) / 100 for c in classes)
        own_share = int(district["foreign_employees"]) / int(district["employees"])
        sites.append((district["ags"], expected * own_share / state_share))
    return Figures(
        seats={district["ags"]: district["seat"] for district in districts},
        sites=sites,
        sizes=[
            (
                (int(c["employees_from"]), int(c["employees_to"])),
                _total(districts, c["column"]) * int(c["with_foreign_percent"]) / 100,
            )
            for c in classes
        ],
        sections=_weighted(folder / "sections.csv", "section"),
        languages=_weighted(folder / "nationalities.csv", "languages"),
        hosts=tuple((row["kind"], row["seat"]) for row in _rows(folder / "hosts.csv")),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _total(rows: list[dict[str, str]], column: str) -> int:
    return sum(int(row[column]) for row in rows)


def _weighted(path: Path, column: str) -> list[tuple[str, float]]:
    return [(row[column], float(row["foreign_employees"])) for row in _rows(path)]
