"""Weeks too large to list: a search by ruin and recreate, a choice among all its day routes, and a bound.

The search (`large_search`) cools over the time or the rounds that it has. The day routes that it came across
are then chosen from anew (`route_choice`), and what the time leaves goes to the bound (`large_bound`).
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from data.base.compiled import Ints
from scheduling.week.day.arrays import day_kinds
from scheduling.week.instance import PlannedDay, WeekInstance
from scheduling.week.judge import work_of
from scheduling.week.large.arrays import NO_LIMIT, WeekArrays, empty_state, week_arrays
from scheduling.week.large.bound import LargeBound
from scheduling.week.large.day import label_buffer
from scheduling.week.large.relaxation import LargeRelaxation
from scheduling.week.large.route_choice import choose_routes
from scheduling.week.large.route_pool import empty_pool
from scheduling.week.large.search import Best, keep_best, load, objective, recreate, search
from scheduling.week.large.timing import plain_day, ruled_day

Days = tuple[PlannedDay | None, ...]

ROUND_STEPS = 500
"""Steps of work that one round of the search counts for."""
COMPARED = 25
"""Labels that the bound may compare for each step."""
MOST_STEPS = 50_000_000
"""Steps after which the search ends, unless a limit on work says otherwise."""
CHUNK = 200
"""Rounds at one temperature."""
FIRST, BOUND, SECOND = 0.6, 0.85, 0.93
"""Parts of the seconds or rounds at which the first search, the bound and the second search end."""
REHEATED = 0.3
"""Part of the first heat with which the second search begins."""
WORTHWHILE = 6
"""Rounds of the bound, as long as the last, that its time must allow; else the search gets that time."""
HOT_PENALTIES, COLD_PENALTIES = 1.0, 0.04
"""Temperatures of penalties at the beginning and at the end, in usual penalties."""
HOT_LEGS, COLD_LEGS = 20.0, 0.2
"""Temperatures of travel, in usual legs."""
STYLES = np.array([[0, 0, 1, 0.3, 0.2], [1.5, 1, 1, 0.3, 0.4], [2, 1.5, 2, 0, 0.4]])
"""Ways to recreate (see `recreate`) and how often each is drawn: by chance, and by penalty for what a place
takes."""
MOST_ROUTES = 30_000
"""Day routes that are remembered."""
LONGEST_ROUTE = 64
"""Stops of a route that is remembered."""


@dataclass(frozen=True)
class LargePlan:
    """The days of the best plan found, a bound on the objective of any plan, and whether `work` ran out."""

    days: Days
    bound: int
    out_of_work: bool


def solve_large_week(
    week: WeekInstance, seed: int, stop: Ints, most_steps: int | None = None, seconds: float | None = None
) -> LargePlan:
    """Return a good plan and a bound; a required visit may be missing where no place was found for it.

    There is a plan whatever `stop` says. Without `seconds` the answer is the same on every machine.
    """
    arrays = week_arrays(week)
    clock = _Clock(time.perf_counter(), seconds, stop)
    searching = _Search(arrays, seed, clock)
    steps = MOST_STEPS if most_steps is None else most_steps
    rounds = steps // ROUND_STEPS
    searching.run(int(FIRST * rounds), 0.0, FIRST, 1.0)
    searching.choose()
    bound = LargeBound(arrays, searching.pool)
    with clock.stop_at(BOUND) as flag:
        bound.raise_bound(COMPARED * steps, flag, clock.rounds_left(BOUND))
    searching.choose()
    if searching.best.objective[0] > bound.bound:
        searching.run(rounds - int(FIRST * rounds), clock.part(), SECOND, REHEATED)
        searching.choose()
    days = _timed(week, arrays, searching.routes())
    return LargePlan(days, bound.bound, out_of_work=most_steps is not None)


class _Clock:
    """Tells how much of the time is over; without `seconds` none ever is, and only `stop` ends anything."""

    def __init__(self, begun: float, seconds: float | None, stop: Ints) -> None:
        self.begun, self.seconds, self.stop = begun, seconds, stop

    def part(self) -> float:
        """Return the part of the seconds that is over."""
        return 0.0 if self.seconds is None else (time.perf_counter() - self.begun) / self.seconds

    def progress(self, begin: float, end: float) -> float:
        """Return how far the time is from one part to another: 1 or more where that is over."""
        return (
            1.0
            if self.seconds is not None and begin >= end
            else (self.part() - begin) / max(end - begin, 1e-9)
        )

    @contextmanager
    def stop_at(self, part: float) -> Iterator[Ints]:
        """Give a flag that is raised at such a part of the seconds."""
        if self.seconds is None:
            yield self.stop
            return
        flag = np.zeros(1, dtype=np.int64)
        left = max(0.0, (part - self.part()) * self.seconds)
        timer = threading.Timer(left, flag.__setitem__, (0, 1))
        timer.daemon = True
        timer.start()
        try:
            yield flag
        finally:
            timer.cancel()

    def rounds_left(self, part: float) -> Callable[[], bool]:
        """Return a question before each round: does the time until such a part allow enough of them?"""
        last = NO_LIMIT / 1.0

        def goes_on() -> bool:
            nonlocal last
            now = self.part()
            took, last = now - last, now
            return self.seconds is None or WORTHWHILE * took <= part - now

        return goes_on


class _Search:
    """A search with all that it remembers."""

    def __init__(self, arrays: WeekArrays, seed: int, clock: _Clock) -> None:
        days, n = len(arrays.day), len(arrays.penalty)
        self.arrays, self.clock = arrays, clock
        self.state, self.saved = empty_state(arrays), empty_state(arrays)
        self.best = Best(
            np.zeros((days, n), dtype=np.int64),
            np.zeros(days, dtype=np.int64),
            np.full(1, NO_LIMIT, dtype=np.int64),
        )
        self.pool = empty_pool(n, MOST_ROUTES, min(n, LONGEST_ROUTE))
        self.random = np.array([0x1F123BB5_159A55E5 ^ (seed + 1) * 0x9E3779B9], dtype=np.int64)
        self.buffer = label_buffer()
        self.usual_penalty = max(1.0, float(np.median(arrays.penalty))) if n else 1.0
        self.usual_leg = max(1.0, float(np.median(arrays.leg_min))) if arrays.leg_min.size else 1.0
        self._first_plan()

    def run(self, rounds: int, begin: float, end: float, hot: float) -> None:
        """Better the best plan for so many rounds, or from one part of the time to another, `hot` at
        first."""
        load(self.arrays, self.state, self.best.route, self.best.length, self.buffer)
        done, progress = 0, 0.0 if rounds and len(self.arrays.day) else 1.0
        with self.clock.stop_at(end) as stop:
            while progress < 1.0 and stop[0] == 0:
                heat = np.array(
                    [
                        self.usual_penalty
                        * HOT_PENALTIES
                        * hot
                        * (COLD_PENALTIES / HOT_PENALTIES / hot) ** progress,
                        self.usual_leg * HOT_LEGS * hot * (COLD_LEGS / HOT_LEGS / hot) ** progress,
                    ]
                )
                done += search(
                    self.arrays, self.state, self.saved, self.best, self.pool, STYLES, heat, self.random,
                    min(CHUNK, rounds - done), stop, self.buffer,
                )  # fmt: skip
                progress = max(done / rounds, self.clock.progress(begin, end))

    def _first_plan(self) -> None:
        n = len(self.arrays.penalty)
        touched, missing = np.ones(len(self.arrays.day), dtype=np.int64), np.zeros(n, dtype=np.int64)
        recreate(
            self.arrays, self.state, self.saved, touched, STYLES[1], np.zeros(n), self.random, missing,
            self.buffer,
        )  # fmt: skip
        keep_best(self.state, self.best, sum(objective(self.arrays, self.state)))

    def choose(self) -> None:
        """Choose anew among all routes that the search came across."""
        stop = self.clock.stop
        prices = LargeRelaxation(self.arrays).price_pool(self.pool, stop)
        chosen = choose_routes(self.arrays, self.pool, prices, int(self.best.objective[0]), stop)
        if chosen is not None:
            load(self.arrays, self.state, *chosen, self.buffer)
            value = sum(objective(self.arrays, self.state))
            if value < self.best.objective[0]:
                keep_best(self.state, self.best, value)

    def routes(self) -> list[list[int]]:
        """Return the stops of each working day in the best plan."""
        return [
            [int(v) for v in route[:length]]
            for route, length in zip(self.best.route, self.best.length, strict=True)
        ]


def _timed(week: WeekInstance, arrays: WeekArrays, routes: list[list[int]]) -> Days:
    """Return the days of a plan with their times; only where the week's limit asks for it do they keep to
    the least work."""
    days = _timed_days(week, arrays, routes, least_work=False)
    limit = week.max_week_work_min
    if limit is not None and sum(work_of(week, d, day) for d, day in enumerate(days)) > limit:
        return _timed_days(week, arrays, routes, least_work=True)
    return days


def _timed_days(week: WeekInstance, arrays: WeekArrays, routes: list[list[int]], least_work: bool) -> Days:
    kinds = {d: kind for kind in day_kinds(week) for d in kind.days}
    ids = [visit.id for visit in week.visits]
    days: list[PlannedDay | None] = [None] * len(week.days)
    for i, order in enumerate(routes):
        if order:
            d = int(arrays.day[i])
            if week.breaks is None and not arrays.labelled[arrays.kind[i]]:
                days[d] = plain_day(week, d, order)
            else:
                days[d] = ruled_day(kinds[d], order, ids, least_work and kinds[d].exact_work).day
    return tuple(days)
