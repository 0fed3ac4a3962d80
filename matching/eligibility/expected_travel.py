"""The travel that a company is expected to add for a buddy: an estimate of routed minutes, not of radii.

Several companies are visited on one day. A visit therefore costs its share of one round trip from the base
plus a leg from a neighbour visited on the same trip:

    minutes per visit = round_trip_permille/1000 × (base → company + company → base)
                      + near_leg_permille/1000 × mean of the legs to the `neighbours` nearest companies
                        that the buddy could look after too

A company without such a neighbour is a trip of its own. Multiplied by the visits per four weeks (calls and
videos cost no travel) and rounded half up, this is the pair's `travel_min`. docs/expected-travel.md describes
the fit, its error, and the alternatives tried.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from data.base.entity import Entity, content_hash
from data.model.problem import Problem
from data.travel.provider import Times
from matching.eligibility.needs import visits
from matching.eligibility.pairs_allowed import Eligibility, Mask

Permille = Annotated[int, Field(ge=0, le=5000)]
Ints = NDArray[np.int64]


class Coefficients(Entity):
    """The coefficients of the estimate; every matching stores the hash of those it used."""

    version: str
    round_trip_permille: Permille
    near_leg_permille: Permille
    neighbours: Annotated[int, Field(ge=1)]

    @property
    def name(self) -> str:
        """Version and hash, by which a matching refers to its estimate."""
        return f"{self.version} {content_hash(self)[:12]}"


COEFFICIENTS = Coefficients.model_validate_json(
    (Path(__file__).parent / "travel_coefficients.json").read_bytes()
)
"""Fitted by `buddyplan study calibrate` to the planner's own weeks."""
NO_LEG = np.iinfo(np.int64).max
"""From a company to itself."""


def expected_travel(
    problem: Problem,
    times: Times,
    eligibility: Eligibility,
    coefficients: Coefficients = COEFFICIENTS,
    wanted: Mask | None = None,
) -> Ints:
    """Return the expected travel minutes per four weeks of every pair that is eligible or breaks no rule.

    The shape is (buddies, companies), 0 for other pairs. Neighbours are taken from the pairs that break no
    rule, regardless of kept relations and pins, so that a pair costs the same in every mode. `wanted`: of
    these pairs instead, whatever rules they break.
    """
    found = travel_features(problem, times, eligibility, coefficients.neighbours, wanted)
    shared = coefficients.round_trip_permille * found.round_trip * found.near_count
    shared += coefficients.near_leg_permille * found.near_min
    minutes = found.visits * np.where(found.near_count > 0, shared, 1000 * found.round_trip)
    per = 1000 * np.maximum(found.near_count, 1) * found.per_visits
    return np.asarray((2 * minutes + per) // (2 * per))


@dataclass(frozen=True)
class TravelFeatures:
    """The integer inputs of the estimate.

    A company has `visits` / `per_visits` visits per four weeks. `round_trip` (minutes) and the sum `near_min`
    of the `near_count` legs to near neighbours have shape (buddies, companies), 0 if there is no pair.
    """

    visits: Ints
    per_visits: Ints
    round_trip: Ints
    near_min: Ints
    near_count: Ints


def travel_features(
    problem: Problem, times: Times, eligibility: Eligibility, neighbours: int, wanted: Mask | None = None
) -> TravelFeatures:
    """Return visits, round trips and legs to near neighbours of every pair of `expected_travel`."""
    buddies, companies = eligibility.buddies, eligibility.companies
    possible = eligibility.broken == 0
    if wanted is None:
        wanted = possible | eligibility.eligible
    at = np.array([times.node[key] for key in companies], dtype=np.int64)
    round_trip, near_min, near_count = (np.zeros(wanted.shape, dtype=np.int64) for _ in range(3))
    for i, buddy in enumerate(buddies):
        columns, within, base = np.flatnonzero(wanted[i]), np.flatnonzero(possible[i]), times.node[buddy]
        there, back = times.travel_min[base, at[columns]], times.travel_min[at[columns], base]
        round_trip[i, columns] = there.astype(np.int64) + back
        legs = times.travel_min[np.ix_(at[within], at[columns])].astype(np.int64)
        legs[within[:, None] == columns[None, :]] = NO_LEG
        near_min[i, columns], near_count[i, columns] = _near_legs(legs, neighbours)
    per_month = [visits(problem.busiest_care_of[key]) for key in companies]
    return TravelFeatures(
        visits=np.array([each.numerator for each in per_month], dtype=np.int64),
        per_visits=np.array([each.denominator for each in per_month], dtype=np.int64),
        round_trip=round_trip,
        near_min=near_min,
        near_count=near_count,
    )


def _near_legs(legs: Ints, most: int) -> tuple[Ints, Ints]:
    """Return for each column the sum of its `most` smallest entries, and how many there were."""
    if len(legs) > most:
        legs = np.partition(legs, most - 1, axis=0)[:most]
    present = legs < NO_LEG
    return np.where(present, legs, 0).sum(axis=0), present.sum(axis=0)
