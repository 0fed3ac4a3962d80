"""Distances between nearby points, on a plane at their latitude: the error within a state is under 1 %."""

from math import cos, hypot, radians

from data.model.problem import Point

KM_PER_DEGREE = 111.195  # of a great circle, on a sphere of 6,371 km


def km_between(one: Point, other: Point) -> float:
    """Return the straight-line distance between two points in kilometres."""
    shrink = cos(radians((one.lat + other.lat) / 2))
    return KM_PER_DEGREE * hypot(one.lat - other.lat, (one.lon - other.lon) * shrink)
