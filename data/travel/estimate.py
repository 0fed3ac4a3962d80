"""Travel times without a road network: great circle, detour, speed curve, and rivers crossed at bridges.

The curves were fitted to the classified roads of Sachsen-Anhalt (218 municipalities, © OpenStreetMap
contributors); over all pairs the mean error is 7 minutes, or 10 %. They are for a car, door to door.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from data.model.problem import Point
from data.travel.barriers import FILE, Barrier, Lonlat, barriers_of
from data.travel.provider import Matrix

EARTH_RADIUS_KM = 6371.009  # the mean radius that geopy uses too

Kilometres = NDArray[np.float64]


class Estimate:
    """Minutes and metres from straight-line distances, symmetric in both directions.

    A pair with a barrier between goes over the crossing, or around the end, that makes the line shortest. One
    with several barriers between takes the longest of these ways, a lower bound on the way over all of them.
    """

    name = "estimate"
    attribution = "© OpenStreetMap contributors"

    def __init__(self, barriers: Iterable[Barrier] = ()) -> None:
        self.barriers = tuple(barriers)

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> "Estimate":
        """Return the estimate with the barriers of a programme's reference files, given by name.

        Raises what `data.travel.barriers.barriers_of` does.
        """
        return cls(barriers_of(texts[FILE]) if FILE in texts else ())

    def matrices(self, origins: list[Point], destinations: list[Point]) -> tuple[Matrix, Matrix]:
        """Return minutes and metres, both of shape (origins, destinations).

        Zero between equal points, at least one minute and one metre between different ones.
        """
        start, end = _lonlat(origins), _lonlat(destinations)
        km = great_circle_km(start, end)
        for barrier in self.barriers:
            _lead_over_crossings(km, barrier, start, end)
        apart = km > 0
        minutes = np.where(apart, np.maximum(np.rint(minutes_of(km)), 1), 0).astype(np.int32)
        metres = np.where(apart, np.maximum(np.rint(1000 * km * detour_of(km)), 1), 0).astype(np.int32)
        return minutes, metres


def great_circle_km(start: Lonlat, end: Lonlat) -> Kilometres:
    """Return the distances on a sphere with the earth's mean radius, shape (starts, ends).

    Computed from the chord, which unlike the cosine is exact for nearby points.
    """
    one, other = _on_unit_sphere(start), _on_unit_sphere(end)
    squares = sum((one[:, None, axis] - other[None, :, axis]) ** 2 for axis in range(3))
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(squares) / 2, 1.0)))


def detour_of(km: Kilometres) -> NDArray[np.float64]:
    """Return road length divided by straight-line length: 1.53 for near points, 1.34 for far ones."""
    return 1.341 + 0.193 * np.exp(-km / 20.5)


def minutes_of(km: Kilometres) -> NDArray[np.float64]:
    """Return the minutes by car, door to door, for straight-line distances."""
    return 2.8 + 1.82 * km**0.869


def _lead_over_crossings(km: Kilometres, barrier: Barrier, start: Lonlat, end: Lonlat) -> None:
    """Lengthen, in place, every distance that the barrier lies between to that over its best passage."""
    between = barrier.between(start, end)
    if not between.any():
        return
    to, fro = great_circle_km(start, barrier.passages), great_circle_km(barrier.passages, end)
    over = np.full(km.shape, np.inf)
    for passage in range(len(barrier.passages)):
        np.minimum(over, to[:, passage, None] + fro[None, passage, :], out=over)
    km[between] = np.maximum(km, over)[between]


def _on_unit_sphere(points: Lonlat) -> NDArray[np.float64]:
    lon, lat = np.radians(points).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _lonlat(points: list[Point]) -> Lonlat:
    return np.array([(point.lon, point.lat) for point in points], dtype=np.float64).reshape(-1, 2)
