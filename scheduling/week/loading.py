"""Pass through every kernel with two tiny weeks: to compile it, or to load it before time counts."""

from collections.abc import Iterator
from functools import cache

import numpy as np

from data.base.compiled import Kernel
from scheduling.week.answer import answers
from scheduling.week.instance import LEGAL_BREAKS, Day, WeekInstance, WeekVisit
from scheduling.week.large.solve import LargeWeek
from scheduling.week.schedule import Schedule
from scheduling.week.size import estimated_sets

STEPS = 10_000


@cache
def load_kernels() -> None:
    """Load all kernels, once in a process; there is nothing to load where Python interprets them."""
    if not Kernel.interpreted:
        list_tiny_weeks()
        search_tiny_weeks()


def list_tiny_weeks() -> None:
    """Prove the weeks by listing them."""
    for week in _weeks():
        schedule = Schedule(week, np.zeros(1, dtype=np.int64), None, limited=False, seed=0)
        schedule.run(workers=1)
        list(answers(schedule, reasons=True))
        estimated_sets(week)


def search_tiny_weeks() -> None:
    """Search and bound the weeks as if they were too large to list."""
    for week in _weeks():
        large = LargeWeek(week, 0, np.zeros(1, dtype=np.int64))
        large.search(STEPS, STEPS, 1.0)
        large.squeeze(STEPS)
        large.choose(STEPS)
        large.raise_bound(STEPS)
        large.days()


def _weeks() -> Iterator[WeekInstance]:
    """Yield a week without and one with a limit of work that binds."""
    visit = WeekVisit(id="a", node=1, duration_min=30, penalty=100, windows=(((480, 600),), ((480, 600),)))
    day = Day(start=480, end=990)
    for max_week_work_min in (None, 300):
        yield WeekInstance(
            days=(day, day),
            travel_min=((0, 20), (20, 0)),
            visits=(visit, visit.model_copy(update={"id": "b"})),
            breaks=LEGAL_BREAKS,
            max_week_work_min=max_week_work_min,
        )
