"""Compile the kernels ahead of the first week: `python -m scheduling.compile_kernels`."""

import numpy as np

from scheduling.price.estimate import DAYS, Newcomers, StandingRoutes, exchange_min
from scheduling.week.instance import LEGAL_BREAKS, Day, WeekInstance, WeekVisit
from scheduling.week.large.solve import solve_large_week
from scheduling.week.size import estimated_sets
from scheduling.week.solve import solve_week


def main() -> None:
    """Solve two tiny weeks, and insert a company into another, so that every kernel is used."""
    visit = WeekVisit(id="a", node=1, duration_min=30, penalty=100, windows=(((480, 600),), ((480, 600),)))
    day = Day(start=480, end=990)
    for max_week_work_min in (None, 300):
        week = WeekInstance(
            days=(day, day),
            travel_min=((0, 20), (20, 0)),
            visits=(visit, visit.model_copy(update={"id": "b"})),
            breaks=LEGAL_BREAKS,
            max_week_work_min=max_week_work_min,
        )
        solve_week(week)
        estimated_sets(week)
        solve_large_week(week, 0, np.zeros(1, np.int64), 10_000)
    zero, one, days = np.zeros(1, np.int64), np.ones(1, np.int64), np.full(DAYS, 60)
    first = np.minimum(np.arange(DAYS + 1), 1)
    routes = StandingRoutes(0, first, one, zero, one, days, one, one)
    exchange_min(np.zeros((2, 2), np.int64), routes, 1, Newcomers(one, np.arange(2), zero, one, one))


if __name__ == "__main__":
    main()
