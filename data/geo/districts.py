"""The districts of a state: which one contains a point, and which ones share a border."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from data.geo.distance import KM_PER_DEGREE
from data.model.problem import Point
from data.model.programme import District

SNAP_KM = 1.0  # the borders are simplified: a point this far outside still belongs to the state
SHARED_BORDER_KM = 0.05  # two districts that meet in a single point are not neighbours
CITIES = ("Kreisfreie Stadt", "Stadtkreis")


class Districts:
    """Districts by their 5-digit key (AGS); outlines are in degrees (lon, lat)."""

    def __init__(self, outlines: dict[str, BaseGeometry], names: dict[str, str]) -> None:
        self._names = names
        self._geometry = dict(sorted(outlines.items()))

    def district_of(self, point: Point) -> str | None:
        """Return the AGS of the district that contains a point, else the nearest within 1 km, else None."""
        where = shapely.Point(*self._km(np.array([[point.lon, point.lat]]))[0])
        keys = list(self._geometry)
        inside = self._tree.query(where, predicate="intersects")
        if not len(inside):
            inside = self._tree.query_nearest(where, max_distance=SNAP_KM)
        return keys[int(min(inside))] if len(inside) else None

    def district_name(self, ags: str) -> str:
        """Return a district's name, or the key itself if it is unknown."""
        return self._names.get(ags, ags)

    def districts(self) -> tuple[District, ...]:
        """Return the districts with their neighbours, sorted by key."""
        return tuple(District(ags=ags, neighbours=self.neighbours(ags)) for ags in self._geometry)

    def neighbours(self, ags: str) -> tuple[str, ...]:
        """Return the keys of the districts that share a border with a district; KeyError if it is unknown."""
        return tuple(sorted(self.graph.adj[ags]))

    def geometry(self, ags: str) -> BaseGeometry:
        """Return a district's outline in degrees (lon, lat); KeyError if it is unknown."""
        return self._geometry[ags]

    @cached_property
    def graph(self) -> Any:
        """Districts as nodes of a networkx graph; edge attribute `km` is the length of the shared border."""
        import networkx as nx

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
        """The outlines, projected to a plane in kilometres, in the order of the keys."""
        return [shapely.transform(outline, self._km) for outline in self._geometry.values()]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._shapes)

    @cached_property
    def _km_per_degree(self) -> NDArray[np.float64]:
        """Kilometres per degree of longitude (at the middle of the state) and per degree of latitude."""
        lats = [lat for outline in self._geometry.values() for lat in (outline.bounds[1], outline.bounds[3])]
        middle = np.radians((min(lats) + max(lats)) / 2)
        return np.array([KM_PER_DEGREE * np.cos(middle), KM_PER_DEGREE])

    def _km(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        return lonlat * self._km_per_degree


def district_names(properties: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return names by key; a county called like a city has its kind before it: `Landkreis Leipzig`."""
    called = Counter(each["name"] for each in properties)
    return {
        each["ags"]: f"{kind} {name}" if called[name] > 1 and kind and kind not in CITIES else name
        for each in properties
        for name, kind in [(each["name"], each.get("kind", ""))]
    }
