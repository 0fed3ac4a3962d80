"""Weeks too large to list: ruin and recreate, a choice among all day routes found, and a bound.

The search (`scheduling.week.large.search`) cools over the available time or rounds. Then the best combination
of all day routes found is chosen (`scheduling.week.large.route_choice`), and the remaining time goes to the
bound (`scheduling.week.large.bound`).
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from data.base.compiled import Ints
from scheduling.week.day.arrays import day_kinds
from scheduling.week.day_judge import work_of
from scheduling.week.instance import PlannedDay, WeekInstance
from scheduling.week.large.arrays import NO_LIMIT, WeekArrays, empty_state, week_arrays
from scheduling.week.large.bound import LargeBound
from scheduling.week.large.day import label_buffer
from scheduling.week.large.relaxation import LargeRelaxation
from scheduling.week.large.route_choice import choose_routes
from scheduling.week.large.route_pool import empty_pool
from scheduling.week.large.search import Best, keep_best, load, objective, recreate, search
from scheduling.week.large.timing import plain_day, ruled_day
from scheduling.week.shortest_breaks import with_shortest_breaks

Days = tuple[PlannedDay | None, ...]

ROUND_STEPS = 500
"""Steps of work that one round of the search counts for."""
COMPARED = 25
"""Label comparisons allowed to the bound for each step."""
MOST_STEPS = 50_000_000
"""The search ends after this many steps, unless a limit on work is given."""
CHUNK = 200
"""Rounds at one temperature."""
FIRST, BOUND, SECOND = 0.6, 0.85, 0.93
"""Shares of the time or rounds at which the first search, the bound and the second search end."""
REHEATED = 0.3
"""The second search starts at this share of the first temperature."""
WORTHWHILE = 6
"""The bound continues only if its time allows this many more rounds like the last; else search goes on."""
HOT_PENALTIES, COLD_PENALTIES = 1.0, 0.04
"""Temperatures of penalties at start and end, in units of a typical penalty."""
HOT_LEGS, COLD_LEGS = 20.0, 0.2
"""Temperatures of travel, in units of a typical leg."""
STYLES = np.array([[0, 0, 1, 0.3, 0.2], [1.5, 1, 1, 0.3, 0.4], [2, 1.5, 2, 0, 0.4]])
"""Ways to recreate (see `recreate`) with probability weights: at random, and by penalty per resources."""
MOST_ROUTES = 30_000
"""Maximum number of stored day routes."""
LONGEST_ROUTE = 64
"""Maximum number of stops of a stored route."""


@dataclass(frozen=True)
class LargePlan:
    """The days of the best plan found, a bound on the objective of any plan, and whether `work` ran out."""

    days: Days
    bound: int
    out_of_work: bool


def solve_large_week(
    week: WeekInstance, seed: int, stop: Ints, most_steps: int | None = None, seconds: float | None = None
) -> LargePlan:
    """Return a good plan and a bound; a required visit may be missing if no position was found for it.

    There is a plan even if `stop` is raised early. Without `seconds` the result is the same on every machine.
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
    """Measures the elapsed share of the time; without `seconds` it stays 0 and only `stop` ends anything."""

    def __init__(self, begun: float, seconds: float | None, stop: Ints) -> None:
        self.begun, self.seconds, self.stop = begun, seconds, stop

    def part(self) -> float:
        """Return the elapsed share of the seconds."""
        return 0.0 if self.seconds is None else (time.perf_counter() - self.begun) / self.seconds

    def progress(self, begin: float, end: float) -> float:
        """Return the progress from one share of the time to another: 1 or more once that is over."""
        return (
            1.0
            if self.seconds is not None and begin >= end
            else (self.part() - begin) / max(end - begin, 1e-9)
        )

    @contextmanager
    def stop_at(self, part: float) -> Iterator[Ints]:
        """Yield a flag that is raised when this share of the seconds has elapsed."""
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
        """Return a function that checks whether the time until this share allows enough further rounds."""
        last = NO_LIMIT / 1.0

        def goes_on() -> bool:
            nonlocal last
            now = self.part()
            took, last = now - last, now
            return self.seconds is None or WORTHWHILE * took <= part - now

        return goes_on


class _Search:
    """A search with its state, best plan and route pool."""

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
        """Improve the best plan for some rounds, or between two shares of the time, at heat `hot` first."""
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
        """Choose the best combination of all routes that the search found."""
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
    """Return the days of a plan with their times, with least work only if the week's limit requires it.

    Breaks become as short as possible after that.
    """
    days = _timed_days(week, arrays, routes, least_work=False)
    limit = week.max_week_work_min
    if limit is not None and sum(work_of(week, d, day) for d, day in enumerate(days)) > limit:
        days = _timed_days(week, arrays, routes, least_work=True)
    return with_shortest_breaks(week, days)


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
