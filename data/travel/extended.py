"""Travel times of a problem from those of an earlier one: only new and moved points are asked for."""

import numpy as np

from data.model.problem import Point, Problem
from data.travel.provider import Matrix, Times, TravelTimes, points_of, scaled, times_of


def times_after(problem: Problem, provider: TravelTimes, before: tuple[Problem, Times] | None) -> Times:
    """Return the travel times of a problem; equal to `times_of`, by fewer questions.

    `before` is a problem with its times by the same provider, None if there is none.
    """
    if before is None or before[1].source != provider.name or _percent(before[0]) != _percent(problem):
        return times_of(problem, provider)
    known, times = points_of(before[0]), before[1]
    points = points_of(problem)
    if known == points:
        return times
    ids = tuple(sorted(points))
    same = np.array([known.get(key) == points[key] and key in times.node for key in ids], dtype=bool)
    if not same.any():
        return times_of(problem, provider)
    travel_min, distance_m = (np.zeros((len(ids), len(ids)), dtype=np.int32) for _ in range(2))
    old = np.array([times.node[key] for key, kept in zip(ids, same, strict=True) if kept])
    travel_min[np.ix_(same, same)] = times.travel_min[np.ix_(old, old)]
    distance_m[np.ix_(same, same)] = times.distance_m[np.ix_(old, old)]
    where = [points[key] for key in ids]
    new = [points[key] for key, kept in zip(ids, same, strict=True) if not kept]
    if new:
        _fill(travel_min, distance_m, provider, where, new, same, _percent(problem))
    return Times(ids=ids, travel_min=travel_min, distance_m=distance_m, source=provider.name)


def _fill(
    travel_min: Matrix, distance_m: Matrix, provider: TravelTimes, where: list[Point], new: list[Point],
    same: np.ndarray, percent: int,
) -> None:  # fmt: skip
    """Fill the rows and columns of new points."""
    out_min, out_m = provider.matrices(new, where)
    in_min, in_m = provider.matrices(where, new)
    travel_min[~same, :], distance_m[~same, :] = scaled(out_min, percent), out_m
    travel_min[:, ~same], distance_m[:, ~same] = scaled(in_min, percent), in_m


def _percent(problem: Problem) -> int:
    return problem.policy.travel_percent
