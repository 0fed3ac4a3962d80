"""Towns, postcodes and districts without a network: where a place is, and in which district.

Reads a folder of reference files (`districts.geojson`, and where present `municipalities.csv`, `places.csv`
and `postcodes.csv`); the one of Sachsen-Anhalt ships, with its sources in `data/reference/NOTICE.md`.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Self

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from data.problem import District, Point
from data.spelling import forms, plain, town_and_quarter

SHIPPED = Path(__file__).parent / "reference"
KM_PER_DEGREE = 111.195  # of a great circle, on a sphere of 6,371 km
SNAP_KM = 1.0  # the borders are simplified: a point this far outside still belongs to the state
SHARED_BORDER_KM = 0.05  # two districts that meet in a single point are no neighbours
NEAR_KM = 25.0  # a postcode decides between towns of one name only where one of them is this near


@dataclass(frozen=True)
class Located:
    """A place that was found: `district` is its AGS, `exact` is False where only another spelling fitted."""

    point: Point
    name: str
    postcode: str
    municipality: str
    district: str
    exact: bool


@dataclass(frozen=True)
class Settlement:
    """A town, village or quarter: `municipality` is the 8-digit key; `main` the one it is named after."""

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


class Gazetteer:
    """The places of one state; every lookup answers the same for the same files."""

    def __init__(
        self,
        state: str,
        geometries: dict[str, BaseGeometry],
        names: dict[str, str],
        settlements: Iterable[Settlement] = (),
        postcodes: Iterable[Postcode] = (),
    ) -> None:
        self.state = state
        self.settlements = tuple(settlements)
        self.postcodes = {postcode.code: postcode for postcode in postcodes}
        self._names = names
        self._geometry = dict(sorted(geometries.items()))
        self._municipality = {s.municipality: s.name for s in self.settlements if s.main}
        self._by_form: dict[str, list[Settlement]] = defaultdict(list)
        for settlement in self.settlements:
            for form in forms(settlement.name):
                self._by_form[form].append(settlement)

    @classmethod
    def shipped(cls) -> "Gazetteer":
        """Return the gazetteer of Sachsen-Anhalt; read once."""
        return _shipped()

    @classmethod
    def from_files(cls, folder: Path) -> Self:
        """Read a state's reference folder; without places or postcodes only its districts are known.

        Raises `FileNotFoundError` where `districts.geojson` is missing.
        """
        borders = json.loads((folder / "districts.geojson").read_text(encoding="utf-8"))
        districts = [(f["properties"], shape(f["geometry"])) for f in borders["features"]]
        settlements = [
            Settlement(row["name"], _point(row), row["ags"], main=True)
            for row in _rows(folder / "municipalities.csv")
        ] + [
            Settlement(
                row["name"],
                _point(row),
                row["municipality"],
                int(row["population"] or 0),
                row["quarter"] == "yes",
            )
            for row in _rows(folder / "places.csv")
        ]
        return cls(
            borders["state"],
            {properties["ags"]: geometry for properties, geometry in districts},
            {properties["ags"]: properties["name"] for properties, _ in districts},
            settlements,
            [
                Postcode(row["postcode"], _point(row), row["municipality"])
                for row in _rows(folder / "postcodes.csv")
            ],
        )

    def find(self, postcode: str = "", town: str = "") -> tuple[Located, ...]:
        """Return every place that fits, best first; empty where none does.

        Several come back only where towns share the name and the postcode does not decide between them, or
        where postcode and town contradict each other: then the town's place is followed by the postcode's.
        """
        area = self.postcodes.get(postcode.strip())
        towns, exact = self._towns(town)
        if area is None:
            return tuple(self._located(s, "", exact and not postcode.strip()) for s in towns)
        if not towns:
            name = self._municipality.get(area.municipality, "")
            found = Settlement(name, area.point, area.municipality)
            return (self._located(found, area.code, not town.strip()),)
        nearest = min(towns, key=lambda s: (s.municipality != area.municipality, _km(s.point, area.point)))
        if nearest.municipality != area.municipality and _km(nearest.point, area.point) > NEAR_KM:
            contradicting = Settlement(
                self._municipality.get(area.municipality, ""), area.point, area.municipality
            )
            return (
                *(self._located(s, "", False) for s in towns),
                self._located(contradicting, area.code, False),
            )
        if nearest.main and nearest.municipality == area.municipality:  # finer than a whole city
            nearest = replace(nearest, point=area.point)
        return (self._located(nearest, area.code, exact),)

    def district_of(self, point: Point) -> str | None:
        """Return the AGS of the district around a point, the nearest one up to 1 km outside; else None."""
        where = shapely.Point(*self._km(np.array([[point.lon, point.lat]]))[0])
        keys = list(self._geometry)
        inside = self._tree.query(where, predicate="intersects")
        if not len(inside):
            inside = self._tree.query_nearest(where, max_distance=SNAP_KM)
        return keys[int(min(inside))] if len(inside) else None

    def district_name(self, ags: str) -> str:
        """Return a district's name, or the key itself where it is unknown."""
        return self._names.get(ags, ags)

    def districts(self) -> tuple[District, ...]:
        """Return the districts with their neighbours, by key."""
        return tuple(District(ags=ags, neighbours=self.neighbours(ags)) for ags in self._geometry)

    def neighbours(self, ags: str) -> tuple[str, ...]:
        """Return the keys of the districts that share a border with one. KeyError for an unknown one."""
        return tuple(sorted(self.graph.adj[ags]))

    def geometry(self, ags: str) -> BaseGeometry:
        """Return a district's outline in degrees (lon, lat). Raises KeyError for an unknown one."""
        return self._geometry[ags]

    def municipality_name(self, key: str) -> str:
        """Return a municipality's name by its 8-digit key, or the key itself where it is unknown."""
        return self._municipality.get(key, key)

    @cached_property
    def graph(self) -> Any:
        """Districts as nodes of a networkx graph; an edge carries the length of the shared border, `km`."""
        graph: Any = nx.Graph()
        graph.add_nodes_from(self._geometry)
        keys, shapes = list(self._geometry), self._shapes
        for one, other in self._tree.query(shapes, predicate="intersects").T:
            km = shapely.length(shapely.intersection(shapes[one], shapes[other]))
            if one < other and km > SHARED_BORDER_KM:
                graph.add_edge(keys[one], keys[other], km=round(float(km), 1))
        return graph

    @cached_property
    def _shapes(self) -> list[BaseGeometry]:
        """The districts' outlines on a plane in kilometres, by key."""
        return [shapely.transform(geometry, self._km) for geometry in self._geometry.values()]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._shapes)

    @cached_property
    def _shrink(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, in the middle of the state."""
        lats = [lat for g in self._geometry.values() for lat in (g.bounds[1], g.bounds[3])]
        return float(np.cos(np.radians((min(lats) + max(lats)) / 2)))

    def _km(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        scale: NDArray[np.float64] = np.array([KM_PER_DEGREE * self._shrink, KM_PER_DEGREE])
        return lonlat * scale

    def _towns(self, name: str) -> tuple[list[Settlement], bool]:
        """Return the settlements of a name, one a municipality larger ones first, and whether it is exact."""
        town, quarter = town_and_quarter(name)
        named = self._one_each(town)
        if quarter:
            around = {s.municipality for s in named[0]}
            inside = [s for s in self._one_each(quarter)[0] if s.municipality in around]
            return (inside, True) if inside else (named[0], False)
        return named

    def _one_each(self, name: str) -> tuple[list[Settlement], bool]:
        fitting = {s for form in forms(name) for s in self._by_form.get(form, ())}
        written = {s for s in fitting if plain(s.name) == plain(name)}
        best: dict[str, Settlement] = {}
        for settlement in sorted(written or fitting, key=lambda s: (not s.main, -s.population, s.name)):
            best.setdefault(settlement.municipality, settlement)
        return sorted(best.values(), key=lambda s: (-self._size(s), s.municipality)), bool(written)

    def _size(self, settlement: Settlement) -> int:
        """People of a settlement; a municipality has those of its largest place of the same name."""
        same = (s for form in forms(settlement.name) for s in self._by_form[form])
        return max(s.population for s in same if s.municipality == settlement.municipality)

    def _located(self, settlement: Settlement, postcode: str, exact: bool) -> Located:
        return Located(
            point=settlement.point,
            name=settlement.name,
            postcode=postcode,
            municipality=self.municipality_name(settlement.municipality),
            district=settlement.municipality[:5],
            exact=exact,
        )


@cache
def _shipped() -> Gazetteer:
    return Gazetteer.from_files(SHIPPED)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _point(row: dict[str, str]) -> Point:
    return Point(lat=float(row["lat"]), lon=float(row["lon"]))


def _km(one: Point, other: Point) -> float:
    shrink = np.cos(np.radians((one.lat + other.lat) / 2))
    return float(KM_PER_DEGREE * np.hypot(one.lat - other.lat, (one.lon - other.lon) * shrink))
