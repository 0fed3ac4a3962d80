"""Compile the kernels ahead of the first week: `python -m scheduling.compile_kernels`."""

import sys
from collections.abc import Sequence

import numpy as np

from scheduling.price.estimate import DAYS, Newcomers, StandingRoutes, exchange_min
from scheduling.week.instance import LEGAL_BREAKS, Day, WeekInstance, WeekVisit
from scheduling.week.large.solve import solve_large_week
from scheduling.week.size import estimated_sets
from scheduling.week.solve import solve_week


def main(words: Sequence[str] = ()) -> None:
    """Pass through the kernels of `listed` weeks, of `large` ones, or of both, so that nobody waits later."""
    for name, pass_through in (("listed", _listed), ("large", _large)):
        if name in words or not words:
            pass_through()


def _weeks() -> tuple[WeekInstance, ...]:
    """Return two tiny weeks, without and with a limit of work that binds."""
    visit = WeekVisit(id="a", node=1, duration_min=30, penalty=100, windows=(((480, 600),), ((480, 600),)))
    day = Day(start=480, end=990)
    return tuple(
        WeekInstance(
            days=(day, day),
            travel_min=((0, 20), (20, 0)),
            visits=(visit, visit.model_copy(update={"id": "b"})),
            breaks=LEGAL_BREAKS,
            max_week_work_min=max_week_work_min,
        )
        for max_week_work_min in (None, 300)
    )


def _listed() -> None:
    """Solve the weeks, and put a company into another."""
    for week in _weeks():
        solve_week(week)
        estimated_sets(week)
    zero, one, days = np.zeros(1, np.int64), np.ones(1, np.int64), np.full(DAYS, 60)
    first = np.minimum(np.arange(DAYS + 1), 1)
    routes = StandingRoutes(0, first, one, zero, one, days, one, one)
    exchange_min(np.zeros((2, 2), np.int64), routes, 1, Newcomers(one, np.arange(2), zero, one, one))


def _large() -> None:
    """Solve the weeks as if they were too large to list."""
    for week in _weeks():
        solve_large_week(week, 0, np.zeros(1, np.int64), 10_000)


if __name__ == "__main__":
    main(sys.argv[1:])
