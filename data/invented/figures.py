"""The published figures behind an invented programme, read from `data/reference/demand/`."""

import csv
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from data.geo.gazetteer import SHIPPED
from data.invented.draws import Weighted


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


@cache
def read_figures(folder: Path = SHIPPED / "demand") -> Figures:
    """Read a state's figures.

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
