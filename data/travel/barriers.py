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
FAR = 40.0  # degrees: farther than any place

Lonlat = NDArray[np.float64]
"""Longitude and latitude in degrees, shape (points, 2)."""


@dataclass(frozen=True)
class Barrier:
    """A line that traffic can pass at its crossings only, and around its ends.

    `course` holds the line's vertices (at least two, downstream for a river), `crossings` the bridges.
    """

    name: str
    course: Lonlat
    crossings: Lonlat

    @cached_property
    def passages(self) -> Lonlat:
        """Where a way leads from one side to the other: the crossings, and the ends."""
        return np.vstack([self.crossings, self.course[:1], self.course[-1:]])

    def between(self, start: Lonlat, end: Lonlat) -> NDArray[np.bool_]:
        """Return whether the course lies between two points, shape (starts, ends).

        So it is where the straight line crosses the course an odd number of times: where the points are on
        different sides of the course extended along its chord, unless it is the extension that is crossed.
        """
        apart = self.on_left(start)[:, None] != self.on_left(end)[None, :]
        return np.asarray(apart != self._beyond_ends(start, end))

    def on_left(self, points: Lonlat) -> NDArray[np.bool_]:
        """Return for each point whether it is left of the course, which continues along its chord."""
        return np.asarray(shapely.contains_xy(self._left, points[:, 0], points[:, 1]), dtype=np.bool_)

    def _beyond_ends(self, start: Lonlat, end: Lonlat) -> NDArray[np.bool_]:
        """Return whether lines between points cross the chord's line before its start or after its end."""
        chord = self.course[-1] - self.course[0]
        (along, across), (to_along, to_across) = (
            ((points - self.course[0]) @ np.array([[chord[0], -chord[1]], [chord[1], chord[0]]])).T
            for points in (start, end)
        )
        crossed = (across > 0)[:, None] != (to_across > 0)[None, :]
        height = np.where(crossed, to_across[None, :] - across[:, None], 1.0)
        at = (along[:, None] * to_across[None, :] - to_along[None, :] * across[:, None]) / height
        return np.asarray(crossed & ((at < 0) | (at > chord @ chord)))

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
