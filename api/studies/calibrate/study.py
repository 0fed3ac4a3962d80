"""Calibrates expected travel on planned weeks: match, plan, and fit to the travel of the weeks.

Invented programmes of several seeds and sizes are matched, with their present relations and without any, and
every week of a four-week horizon is planned. Each buddy is one row: routed minutes against the terms of
`matching.eligibility.expected_travel`. Travel to appointments that no company causes is a separate term, so
that it is not attributed to companies. Every seed is also estimated by a fit to the other seeds alone
(cross-validation).
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from api.planning.programme import LEAST_HORIZON, read_demo
from api.service.sources import default_sources
from api.studies.calibrate.robust_fit import FitError, Floats, fit_error, robust_fit
from data.model.problem import Problem
from data.results.solution import Matching
from data.travel.provider import Times, TravelTimes, times_of
from matching.eligibility.expected_travel import Coefficients, travel_features
from matching.eligibility.pairs_allowed import find_eligible
from matching.solve import match
from scheduling.cadence.choose import Cadence
from scheduling.price.route_price import RoutedWeeks

PROGRAMMES = ((1, 50, 1000), (2, 50, 1000), (3, 50, 1000), (4, 20, 400), (5, 20, 300), (6, 30, 700))
"""Seed, buddies, companies."""
NEIGHBOURS = (1, 3, 5, 10, 30)
"""The values to try; the one with the smallest error on unseen seeds is taken."""


@dataclass(frozen=True)
class Rows:
    """The buddies of one programme: seed, routed minutes, terms of the estimate, minutes of appointments.

    `sums` has, for each of `NEIGHBOURS`, the columns visits × round trip and visits × leg; `apart` are round
    trips to appointments that name the buddy.
    """

    seed: int
    routed_min: Floats
    sums: Floats
    apart: Floats


@dataclass(frozen=True)
class Calibration:
    """The coefficients fitted to all seeds, and their error on all and on unseen seeds."""

    coefficients: Coefficients
    appointment_permille: int
    fitted: FitError
    unseen: FitError
    by_seed: dict[int, FitError]


def calibrate(version: str, executor: Executor | None, progress: Callable[[float], None]) -> Calibration:
    """Plan the study's programmes and fit the estimate to them; takes some minutes."""
    rows = []
    for done, (seed, buddies, companies) in enumerate(PROGRAMMES):
        progress(done / len(PROGRAMMES))
        problem = read_demo(buddies, companies, seed, LEAST_HORIZON).problem
        assert problem is not None, "an invented programme has no errors"
        for variant in (problem, problem.replace(relations=())):
            rows.append(measured(seed, variant, default_sources().travel, executor))
    progress(1.0)
    return fitted(version, rows)


def measured(seed: int, problem: Problem, travel: TravelTimes, executor: Executor | None = None) -> Rows:
    """Match and plan a problem, and return its buddies who have companies as rows."""
    times = times_of(problem, travel)
    matching = match(problem, times)
    with_companies = sorted(matching.companies_of)
    prices = RoutedWeeks(problem, matching, times, executor)
    routed = prices.routed([(key, tuple(sorted(matching.companies_of[key]))) for key in with_companies])
    return Rows(
        seed=seed,
        routed_min=np.array([each.travel_min for each in routed], dtype=np.float64),
        sums=np.stack([_sums(problem, times, matching, count) for count in NEIGHBOURS]),
        apart=_apart(problem, times, matching),
    )


def fitted(version: str, rows: Sequence[Rows]) -> Calibration:
    """Fit the estimate to all rows, with the number of neighbours that fits unseen seeds best."""
    unseen = {k: _unseen(rows, k) for k in range(len(NEIGHBOURS))}
    wanted = np.concatenate([each.routed_min for each in rows])
    best = min(unseen, key=lambda k: (float(np.abs(unseen[k] - wanted).mean()), k))
    columns = np.vstack([_columns(each, best) for each in rows])
    permille = [round(1000 * factor) for factor in robust_fit(columns, wanted).tolist()]
    seeds = np.concatenate([np.full(len(each.routed_min), each.seed) for each in rows])
    return Calibration(
        coefficients=Coefficients(
            version=version,
            round_trip_permille=permille[0],
            near_leg_permille=permille[1],
            neighbours=NEIGHBOURS[best],
        ),
        appointment_permille=permille[2],
        fitted=fit_error(columns @ np.array(permille) / 1000, wanted),
        unseen=fit_error(unseen[best], wanted),
        by_seed={
            seed: fit_error(unseen[best][seeds == seed], wanted[seeds == seed])
            for seed in sorted(set(seeds.tolist()))
        },
    )


def _unseen(rows: Sequence[Rows], k: int) -> Floats:
    """Return each row's estimate by a fit to all other seeds."""
    estimated = []
    for each in rows:
        others = [other for other in rows if other.seed != each.seed]
        columns = np.vstack([_columns(other, k) for other in others])
        factors = robust_fit(columns, np.concatenate([other.routed_min for other in others]))
        estimated.append(_columns(each, k) @ factors)
    return np.concatenate(estimated)


def _columns(rows: Rows, k: int) -> Floats:
    return np.column_stack([rows.sums[k], rows.apart])


def _sums(problem: Problem, times: Times, matching: Matching, neighbours: int) -> Floats:
    """Return, for each buddy with companies, the sums of the estimate's two terms."""
    eligibility = find_eligible(problem, times)
    found = travel_features(problem, times, eligibility, neighbours)
    often = found.visits / found.per_visits
    leg = found.near_min / np.maximum(found.near_count, 1)
    rows = []
    for buddy in sorted(matching.companies_of):
        row = eligibility.buddy_row[buddy]
        columns = [eligibility.company_column[company] for company in matching.companies_of[buddy]]
        round_trip = found.round_trip[row, columns]
        terms = (often[columns] * round_trip, often[columns] * leg[row, columns])
        rows.append([float(term.sum()) for term in terms])
    return np.array(rows)


def _apart(problem: Problem, times: Times, matching: Matching) -> Floats:
    """Return, for each buddy with companies, the round trips to the appointments that name it."""
    named = {each.id for each in problem.appointments if each.buddies}
    cadence, found = Cadence(problem, matching, times), []
    for buddy in sorted(matching.companies_of):
        due = (visit for week in cadence.due(buddy).values() for visit in week if visit.id in named)
        found.append(sum(times.minutes(buddy, v.place) + times.minutes(v.place, buddy) for v in due))
    return np.array(found, dtype=np.float64)
