"""Barriers such as rivers that can be crossed in few places only, and the side of a barrier a point is on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from data.base.errors import BuddyplanError
from data.base.message import message

FILE = "barriers.geojson"
FAR = 40.0  # degrees: practically infinite

Lonlat = NDArray[np.float64]
"""Longitude and latitude in degrees, shape (points, 2)."""


@dataclass(frozen=True)
class Barrier:
    """A line that traffic can pass at its crossings only; beyond its ends it continues along its chord.

    `course` holds the line's vertices (at least two, downstream for a river), `crossings` the bridges.
    """

    name: str
    course: Lonlat
    crossings: Lonlat

    def on_left(self, points: Lonlat) -> NDArray[np.bool_]:
        """Return for each point whether it is to the left of the course, in its direction."""
        return np.asarray(shapely.contains_xy(self._left, points[:, 0], points[:, 1]), dtype=np.bool_)

    @cached_property
    def _left(self) -> shapely.Polygon:
        """Everything to the left, within relevant distance."""
        start, end = self.course[0], self.course[-1]
        along = (end - start) / np.hypot(*(end - start))
        left = np.array([-along[1], along[0]])
        behind, ahead = start - FAR * along, end + FAR * along
        ring = [*self.course, ahead, ahead + FAR * left, behind + FAR * left, behind]
        polygon = shapely.Polygon(ring)
        shapely.prepare(polygon)
        return polygon


def barriers_of(text: str) -> tuple[Barrier, ...]:
    """Read a GeoJSON collection of courses (`LineString`) and their crossings (`Point`), sorted by name.

    Each feature names its `barrier` and its `kind`, course or crossing. Raises `BuddyplanError` if a
    barrier has no course or no crossing, since nothing beyond it could be reached.
    """
    courses: dict[str, list[Sequence[float]]] = {}
    crossings: dict[str, list[Sequence[float]]] = {}
    for feature in json.loads(text)["features"]:
        name, at = feature["properties"]["barrier"], feature["geometry"]["coordinates"]
        if feature["properties"]["kind"] == "course":
            courses[name] = at
        else:
            crossings.setdefault(name, []).append(at)
    for name in courses.keys() ^ crossings.keys():
        missing = "course" if name in crossings else "crossing"
        raise BuddyplanError(message(f"barrier_without_{missing}", file=FILE, barrier=name))
    return tuple(
        Barrier(name, np.array(courses[name]), np.array(crossings[name])) for name in sorted(courses)
    )
