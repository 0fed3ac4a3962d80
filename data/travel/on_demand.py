"""Travel times of a large problem, asked for where they are looked up: the whole table would not fit."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.model.problem import Point, Problem
from data.travel.provider import Matrix, Times, TravelTimes, points_of, scaled

MOST_POINTS = 4000
"""Up to so many points a whole table is made: two matrices of 64 MB."""


class _Table:
    """Looks like a matrix of minutes or metres, and asks the provider for each part that is read."""

    def __init__(self, points: tuple[Point, ...], provider: TravelTimes, percent: int, metres: bool) -> None:
        self._points, self._provider = points, provider
        self._percent, self._metres = percent, metres

    def __getitem__(self, at: tuple[Any, Any]) -> Any:
        rows, columns = np.asarray(at[0]), np.asarray(at[1])
        found = self._part(rows.ravel(), columns.ravel())
        shape = np.broadcast_shapes(rows.shape, columns.shape)
        return found.reshape(shape) if shape else found[0, 0]

    def _part(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Matrix:
        origins, destinations = ([self._points[k] for k in each.tolist()] for each in (rows, columns))
        if not (origins and destinations):
            return np.zeros((len(origins), len(destinations)), dtype=np.int32)
        minutes, metres = self._provider.matrices(origins, destinations)
        return metres if self._metres else scaled(minutes, self._percent)


def times_on_demand(problem: Problem, provider: TravelTimes) -> Times:
    """Return the travel times of a problem as `data.travel.provider.times_of` does, but found when read.

    Read single cells, a row or column of one point, or the cells of `numpy.ix_`.
    """
    points: Mapping[str, Point] = points_of(problem)
    ids = tuple(sorted(points))
    where, percent = tuple(points[key] for key in ids), problem.policy.travel_percent
    minutes, metres = (_Table(where, provider, percent, each) for each in (False, True))
    return Times(ids=ids, travel_min=minutes, distance_m=metres, source=provider.name)  # type: ignore[arg-type]
