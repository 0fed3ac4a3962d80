"""Calibration recovers the estimate that generated its rows, and measures planned weeks."""

import numpy as np
import pytest

from api.planning.programme import read_demo
from api.service.sources import default_sources
from api.studies.calibrate.study import NEIGHBOURS, Rows, fitted, measured
from data.travel.provider import times_of
from matching.solve import match
from scheduling.plan.plan_weeks import plan_weeks


def rows(seed: int) -> Rows:
    """Twenty buddies whose weeks are 0.3 and 0.9 of the terms, with three neighbours, and 0.5 of `apart`."""
    random = np.random.default_rng(seed)
    sums = random.uniform(100, 900, (len(NEIGHBOURS), 20, 2))
    apart = random.uniform(0, 100, 20)
    routed = sums[NEIGHBOURS.index(3)] @ np.array([0.3, 0.9]) + 0.5 * apart
    return Rows(seed, routed, sums, apart)


def test_the_coefficients_behind_the_rows_are_found() -> None:
    found = fitted("test", [rows(1), rows(2), rows(3)])
    figures = found.coefficients
    shares = (figures.round_trip_permille, figures.near_leg_permille)
    assert (shares, figures.neighbours) == ((300, 900), 3)
    assert found.appointment_permille == 500
    assert sorted(found.by_seed) == [1, 2, 3]
    assert found.unseen.mean_off_min == pytest.approx(0, abs=1e-6)


def test_the_rows_are_the_planned_weeks_of_buddies_with_companies() -> None:
    of = read_demo(3, 25, 1, 4).problem
    assert of is not None
    travel = default_sources().travel
    where = times_of(of, travel)
    matching = match(of, where)
    found = measured(1, of, travel)
    planned = {
        own.buddy: sum(plan.travel_min for plan in own.weeks) for own in plan_weeks(of, matching, where)
    }
    assert found.routed_min.tolist() == [planned[buddy] for buddy in sorted(matching.companies_of)]
    assert found.sums.shape == (len(NEIGHBOURS), len(found.routed_min), 2)
