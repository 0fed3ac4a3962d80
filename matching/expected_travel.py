"""What a company is expected to add to a buddy's travel: an estimate of routed minutes, not of radii.

Companies are visited several to a day. A visit therefore costs its share of one round trip from the base and
a leg from a neighbour that is visited on the same trip:

    minutes per visit = round_trip_permille/1000 × (base → company + company → base)
                      + near_leg_permille/1000 × mean of the legs to the `neighbours` nearest companies
                                                 that the buddy could look after too

A company that has no such neighbour is a trip of its own. Times the visits per four weeks (calls and videos
cost no travel), rounded half up, this is the pair's `travel_min`.
"""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from data.entity import Entity, content_hash
from data.problem import Problem
from data.travel.provider import Times
from matching.eligibility import Eligibility
from matching.needs import visits

Permille = Annotated[int, Field(ge=0, le=2000)]


class Coefficients(Entity):
    """The figures of the estimate; their hash goes into every matching that was made with them."""

    version: str = "2026-11 first guess"
    round_trip_permille: Permille = 300
    near_leg_permille: Permille = 700
    neighbours: Annotated[int, Field(ge=1)] = 5

    @property
    def name(self) -> str:
        """Version and hash, as a matching names the estimate it was made with."""
        return f"{self.version} {content_hash(self)[:12]}"


COEFFICIENTS = Coefficients()
NO_LEG = np.iinfo(np.int64).max
"""From a company to itself."""


def expected_travel(
    problem: Problem, times: Times, eligibility: Eligibility, coefficients: Coefficients = COEFFICIENTS
) -> NDArray[np.int64]:
    """Return the expected travel minutes per four weeks of every pair that is eligible or breaks no rule.

    The shape is (buddies, companies), 0 for other pairs. Neighbours are searched among the pairs that break
    no rule, whatever is kept or pinned, so that the same pair costs the same in every mode.
    """
    buddies, companies = eligibility.buddies, eligibility.companies
    possible = eligibility.broken == 0
    wanted = possible | eligibility.eligible
    at = np.array([times.node[key] for key in companies], dtype=np.int64)
    legs = times.travel_min[np.ix_(at, at)].astype(np.int64)
    np.fill_diagonal(legs, NO_LEG)
    per_month = [visits(problem.care_of[key]) for key in companies]
    numerator = np.array([each.numerator for each in per_month], dtype=np.int64)
    denominator = np.array([each.denominator for each in per_month], dtype=np.int64)
    travel = np.zeros((len(buddies), len(companies)), dtype=np.int64)
    for i, buddy in enumerate(buddies):
        columns, base = np.flatnonzero(wanted[i]), times.node[buddy]
        near, count = _near_legs(legs[np.ix_(np.flatnonzero(possible[i]), columns)], coefficients.neighbours)
        there, back = times.travel_min[base, at[columns]], times.travel_min[at[columns], base]
        round_trip = there.astype(np.int64) + back
        shared = coefficients.round_trip_permille * round_trip * count + coefficients.near_leg_permille * near
        minutes = np.where(count > 0, shared, 1000 * round_trip) * numerator[columns]
        per = 1000 * np.maximum(count, 1) * denominator[columns]
        travel[i, columns] = (2 * minutes + per) // (2 * per)
    return travel


def _near_legs(legs: NDArray[np.int64], most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each column the sum of its `most` smallest entries, and how many there were."""
    if len(legs) > most:
        legs = np.partition(legs, most - 1, axis=0)[:most]
    present = legs < NO_LEG
    return np.where(present, legs, 0).sum(axis=0), present.sum(axis=0)
