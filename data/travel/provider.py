"""The interface of travel time sources, and the matrix over a problem's places that the engines read."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from data.model.problem import Point, Problem

Matrix = NDArray[np.int32]
"""Rows are origins, columns destinations."""


class TravelTimes(Protocol):
    """A source of travel minutes and road metres between points, with a `name` and the `attribution` to show.

    It is picklable, as studies take it along to other processes.
    """

    name: str
    attribution: str

    def matrices(self, origins: list[Point], destinations: list[Point]) -> tuple[Matrix, Matrix]:
        """Return minutes and metres, each (origins, destinations): never negative, 0 between equal points."""
        ...


@dataclass(frozen=True)
class Times:
    """Travel between all buddies' bases, companies and places of one problem, by id.

    `ids` are sorted; `travel_min` and `distance_m` have shape (ids, ids), need not be symmetric, and are
    zero on the diagonal.
    """

    ids: tuple[str, ...]
    travel_min: Matrix
    distance_m: Matrix
    source: str

    @cached_property
    def node(self) -> dict[str, int]:
        """Row and column of each id."""
        return {key: i for i, key in enumerate(self.ids)}

    def minutes(self, origin: str, destination: str) -> int:
        """Return the travel minutes from one id to another."""
        return int(self.travel_min[self.node[origin], self.node[destination]])

    def metres(self, origin: str, destination: str) -> int:
        """Return the road metres from one id to another."""
        return int(self.distance_m[self.node[origin], self.node[destination]])

    def with_copy(self, key: str, of: str) -> "Times":
        """Return the table with one more id at the location of another."""
        at, place = self.node[of], int(np.searchsorted(np.array(self.ids), key))

        def grown(matrix: Matrix) -> Matrix:
            wider = np.insert(matrix, place, matrix[:, at], axis=1)
            return np.insert(wider, place, wider[at], axis=0)

        ids = (*self.ids[:place], key, *self.ids[place:])
        return Times(ids, grown(self.travel_min), grown(self.distance_m), self.source)

    def save(self, to: Path | BinaryIO) -> None:
        """Write as uncompressed `.npz` (compression would dominate the time); same times, same bytes."""
        np.savez(
            to,
            ids=np.array(self.ids),
            travel_min=self.travel_min,
            distance_m=self.distance_m,
            source=np.array(self.source),
        )

    @classmethod
    def load(cls, source: Path | BinaryIO) -> "Times":
        """Read a file written by `save`."""
        with np.load(source, allow_pickle=False) as held:
            return cls(
                ids=tuple(str(key) for key in held["ids"]),
                travel_min=held["travel_min"],
                distance_m=held["distance_m"],
                source=str(held["source"]),
            )


def times_of(problem: Problem, provider: TravelTimes) -> Times:
    """Get the travel times between every base, company and place of a problem from a provider.

    Minutes are those of the provider times the policy's `travel_percent`, rounded up; metres are unchanged.
    """
    points = points_of(problem)
    ids = tuple(sorted(points))
    where = [points[key] for key in ids]
    travel_min, distance_m = provider.matrices(where, where)
    travel_min = scaled(travel_min, problem.policy.travel_percent)
    return Times(ids=ids, travel_min=travel_min, distance_m=distance_m, source=provider.name)


def points_of(problem: Problem) -> dict[str, Point]:
    """Return where every base, company and place of a problem is, by id."""
    points = {buddy.id: buddy.base for buddy in problem.buddies}
    points |= {node: base.point for node, base in problem.base_nodes if base.point}
    points |= {company.id: company.point for company in problem.companies}
    return points | {place.id: place.point for place in problem.places}


def scaled(travel_min: Matrix, percent: int) -> Matrix:
    """Return minutes times a percentage, rounded up."""
    return travel_min if percent == 100 else (travel_min * percent + 99) // 100
