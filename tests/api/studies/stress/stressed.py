"""A small planned run for stress tests: three buddies in Magdeburg, nine companies, each seen every week."""

from functools import cache

from api.run.run import Run
from api.service.sources import default_sources
from api.studies.outcome.some_weeks import planned_some
from api.studies.stress.rates import Arrivals, Cancellations, Illness, Rates
from data.model.identity import Identities
from data.model.problem import Care, Horizon, Point, Problem
from data.model.vocabulary import CareMode
from matching.solve import match
from tests.builders import MAGDEBURG, WEEK, buddy, company, problem, times

WEEKS = ("2026-W48", "2026-W49")
BUDDIES = ("anna", "ben", "cem")
MANY = Rates(
    illness=Illness(rate_per_week=0.4, mean_days=3),
    arrivals=Arrivals(rate_per_week=0.3),
    cancellations=Cancellations(rate_per_visit=0.2),
)


@cache
def small() -> Problem:
    """Nine companies around Magdeburg; the last one is called, not visited."""
    keys = [f"c{n}" for n in range(9)]
    return problem(
        tuple(buddy(key, max_companies=4) for key in BUDDIES),
        tuple(
            company(key, Point(lat=MAGDEBURG.lat + 0.02 * n, lon=MAGDEBURG.lon)) for n, key in enumerate(keys)
        ),
        care=tuple(
            Care(company=key, every_weeks=1, mode=CareMode.CALL if key == "c8" else CareMode.VISIT)
            for key in keys
        ),
        horizon=Horizon(first_week=WEEK, weeks=3),
    )


@cache
def small_run() -> Run:
    """Its plan of two weeks."""
    known = small()
    travel = times(known)
    matched = Run(known, Identities(), travel, default_sources(), match(known, travel))
    return planned_some(matched, WEEKS, 0, None, lambda stage, share: None)
