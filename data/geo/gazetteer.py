"""Offline lookup of towns, postcodes and districts: where a place is, and in which district.

Reads reference files (`districts.geojson`, and optionally `municipalities.csv`, `places.csv` and
`postcodes.csv`); those of the German states ship, see `data.reference.shipped`.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Self

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from data.geo.distance import km_between
from data.geo.districts import Districts, district_names
from data.geo.spelling import forms, plain, town_and_quarter
from data.model.calendar import STATES
from data.model.problem import Point

FILES = ("districts.geojson", "municipalities.csv", "places.csv", "postcodes.csv")
NEAR_KM = 25.0  # a postcode decides between towns of the same name only if one of them is this near


Elsewhere = Callable[[str, str], Point | None]
"""A lookup of postcode and town elsewhere; returns None if the place is unknown."""


@dataclass(frozen=True)
class Located:
    """A place that was found: `district` is its AGS, `exact` is False if only another spelling matched."""

    point: Point
    name: str
    postcode: str
    municipality: str
    district: str
    exact: bool


@dataclass(frozen=True)
class Settlement:
    """A town, village or quarter in a `municipality` (8-digit key); `main` if that is named after it."""

    name: str
    point: Point
    municipality: str
    population: int = 0
    quarter: bool = False
    main: bool = False


@dataclass(frozen=True)
class Postcode:
    """A postcode with a point inside its area and the municipality of that point."""

    code: str
    point: Point
    municipality: str


class Gazetteer(Districts):
    """The districts and places of one state; lookups are deterministic for the same files."""

    def __init__(
        self,
        state: str,
        outlines: dict[str, BaseGeometry],
        names: dict[str, str],
        settlements: Iterable[Settlement] = (),
        postcodes: Iterable[Postcode] = (),
    ) -> None:
        super().__init__(outlines, names)
        self.state = state
        self.settlements = tuple(settlements)
        self.postcodes = {postcode.code: postcode for postcode in postcodes}
        self._elsewhere: Elsewhere | None = None
        self._municipality = {s.municipality: s.name for s in self.settlements if s.main}
        self._by_form: dict[str, list[Settlement]] = defaultdict(list)
        for settlement in self.settlements:
            for form in forms(settlement.name):
                self._by_form[form].append(settlement)

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Self:
        """Read a state's reference files, by name; without places or postcodes only districts are known.

        Raises KeyError if `districts.geojson` is missing, and ValueError if it names no German state.
        """
        borders = json.loads(texts["districts.geojson"])
        if borders["state"] not in STATES:
            raise ValueError(f"districts.geojson: state is none of {', '.join(STATES)}")
        districts = [(f["properties"], shape(f["geometry"])) for f in borders["features"]]
        settlements = [
            Settlement(row["name"], _point(row), row["ags"], main=True)
            for row in _rows(texts, "municipalities.csv")
        ] + [
            Settlement(
                row["name"],
                _point(row),
                row["municipality"],
                int(row["population"] or 0),
                row["quarter"] == "yes",
            )
            for row in _rows(texts, "places.csv")
        ]
        return cls(
            borders["state"],
            {properties["ags"]: geometry for properties, geometry in districts},
            district_names([properties for properties, _ in districts]),
            settlements,
            [
                Postcode(row["postcode"], _point(row), row["municipality"])
                for row in _rows(texts, "postcodes.csv")
            ],
        )

    def asking(self, elsewhere: Elsewhere) -> Self:
        """Return the same gazetteer with a fallback, such as a `Geocoder`, for unknown places."""
        asking = copy(self)
        asking._elsewhere = elsewhere
        return asking

    def find(self, postcode: str = "", town: str = "") -> tuple[Located, ...]:
        """Return every matching place, best first; empty if nothing matches.

        Several are returned only if towns share the name and the postcode does not decide between them, or if
        postcode and town contradict each other: then the town's place comes first, the postcode's second.
        """
        area = self.postcodes.get(postcode.strip())
        towns, exact = self._towns(town)
        if not towns and not area:
            return self._found_elsewhere(postcode.strip(), town.strip())
        if area is None:
            return tuple(self._located(s, "", exact and not postcode.strip()) for s in towns)
        if not towns:
            name = self._municipality.get(area.municipality, "")
            found = Settlement(name, area.point, area.municipality)
            return (self._located(found, area.code, not town.strip()),)
        nearest = min(
            towns, key=lambda s: (s.municipality != area.municipality, km_between(s.point, area.point))
        )
        astray = nearest.municipality != area.municipality and km_between(nearest.point, area.point) > NEAR_KM
        if astray and nearest.municipality[:5] == area.municipality[:5]:  # an area in several parts
            return (self._located(nearest, "", False),)
        if astray:
            contradicting = Settlement(
                self._municipality.get(area.municipality, ""), area.point, area.municipality
            )
            return (
                *(self._located(s, "", False) for s in towns),
                self._located(contradicting, area.code, False),
            )
        if nearest.main and nearest.municipality == area.municipality:  # more precise than a whole city
            nearest = replace(nearest, point=area.point)
        return (self._located(nearest, area.code, exact),)

    def municipality_name(self, key: str) -> str:
        """Return a municipality's name by its 8-digit key, or the key itself if it is unknown."""
        return self._municipality.get(key, key)

    def _towns(self, name: str) -> tuple[list[Settlement], bool]:
        """Return settlements by name, one per municipality, largest first, and whether the match is exact."""
        town, quarter = town_and_quarter(name)
        named = self._one_each(town)
        if quarter:
            around = {s.municipality for s in named[0]}
            inside = [s for s in self._one_each(quarter)[0] if s.municipality in around]
            return (inside, True) if inside else (named[0], False)
        return named if named[0] else (self._quarter_of(town), True)

    def _quarter_of(self, name: str) -> list[Settlement]:
        """Return the settlements of a name that begins with their municipality's: `Halle-Neustadt`."""
        town, _, quarter = name.partition("-")
        around = {s.municipality for s in self._one_each(town)[0]} if quarter else set()
        return [s for s in self._one_each(quarter)[0] if s.municipality in around]

    def _one_each(self, name: str) -> tuple[list[Settlement], bool]:
        fitting = {s for form in forms(name) for s in self._by_form.get(form, ())}
        written = {s for s in fitting if plain(s.name) == plain(name)}
        best: dict[str, Settlement] = {}
        for settlement in sorted(written or fitting, key=lambda s: (not s.main, -s.population, s.name)):
            best.setdefault(settlement.municipality, settlement)
        return sorted(best.values(), key=lambda s: (-self._size(s), s.municipality)), bool(written)

    def _size(self, settlement: Settlement) -> int:
        """Population of a settlement; a municipality has that of its largest place of the same name."""
        same = (s for form in forms(settlement.name) for s in self._by_form[form])
        return max(s.population for s in same if s.municipality == settlement.municipality)

    def _found_elsewhere(self, postcode: str, town: str) -> tuple[Located, ...]:
        point = self._elsewhere(postcode, town) if self._elsewhere else None
        if point is None:
            return ()
        return (Located(point, town, postcode, "", self.district_of(point) or "", exact=False),)

    def _located(self, settlement: Settlement, postcode: str, exact: bool) -> Located:
        return Located(
            point=settlement.point,
            name=settlement.name,
            postcode=postcode,
            municipality=self.municipality_name(settlement.municipality),
            district=settlement.municipality[:5],
            exact=exact,
        )


def _rows(texts: Mapping[str, str], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(texts.get(name, ""), newline="")))


def _point(row: dict[str, str]) -> Point:
    return Point(lat=float(row["lat"]), lon=float(row["lon"]))
