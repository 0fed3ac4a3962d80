"""A good plan of a week of any size, and a bound: ruin and recreate, a choice of routes, relaxed routes.

Each call goes on from what those before it found, and does the same on every machine unless `stop` is raised:
the search (`scheduling.week.large.search`) cools over a given number of rounds, the best combination of all
day routes found is chosen (`scheduling.week.large.route_choice`), and the bound
(`scheduling.week.large.bound`) is raised in a given number of steps.
"""

from functools import cached_property

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
from scheduling.week.large.squeeze import squeeze_some
from scheduling.week.large.timing import plain_day, ruled_day
from scheduling.week.shortest_breaks import with_shortest_breaks

Days = tuple[PlannedDay | None, ...]

ROUND_STEPS, LABELLED_ROUND_STEPS = 170, 1_000
"""Steps of work that one round of the search counts for, the second where breaks or promises matter."""
COMPARED = 6
"""Label comparisons allowed to the bound for each step."""
CHOICES = 10
"""Routes examined by a choice for each step."""
SQUEEZED_ALONE, SQUEEZED = 4, 16
"""Steps of search for each order of a day that may be late: in a week of one day, and in others."""
SQUEEZED_TRIES = 100_000
"""Maximum number of orders tried with one missing visit on one day."""
CHUNK = 200
"""Rounds at one temperature."""
HOT_PENALTIES, COLD_PENALTIES = 1.0, 0.04
"""Temperatures of penalties at start and end, in units of a typical penalty."""
HOT_LEGS, COLD_LEGS = 1.0, 0.02
"""Temperatures of travel, in units of a typical leg."""
STYLES = np.array([[0, 0, 1, 0.3, 0.2], [1.5, 1, 1, 0.3, 0.4], [2, 1.5, 2, 0, 0.4]])
"""Ways to recreate (see `recreate`) with probability weights: at random, and by penalty per resources."""
TRAVEL_STYLES = np.array(
    [[0, 0, 1, 0.3, 0.1], [1.5, 1, 1, 0.3, 0.3], [0, 1, 1000, 0.5, 0.2], [1.5, 1, 0.5, 0.7, 0.4]]
)
"""The same for plans that leave nothing out: more randomness in the order, and resources that are travel."""
MOST_ROUTES = 30_000
"""Maximum number of stored day routes."""
LONGEST_ROUTE = 64
"""Maximum number of stops of a stored route."""


class LargeWeek:
    """The best plan found so far, all day routes that the search came across, and the bound.

    There is a plan from the beginning; a required visit may be missing if no position was found for it.
    """

    def __init__(self, week: WeekInstance, seed: int, stop: Ints) -> None:
        self.week, self.stop = week, stop
        self.arrays = arrays = week_arrays(week)
        days, n = len(arrays.day), len(arrays.penalty)
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

    @property
    def objective(self) -> int:
        """The best plan's objective; above any allowed one if a required visit is missing."""
        return int(self.best.objective[0])

    @cached_property
    def mixture(self) -> LargeRelaxation:
        """The relaxation over the routes seen."""
        return LargeRelaxation(self.arrays)

    @cached_property
    def relaxed(self) -> LargeBound:
        """The relaxation that proves the bound."""
        return LargeBound(self.arrays, self.pool)

    def search(self, steps: int, most_steps: int, hot: float) -> None:
        """Search from the best plan, cooling from heat `hot` over `steps`, cut at `most_steps`."""
        one = LABELLED_ROUND_STEPS if self.arrays.labelled.any() else ROUND_STEPS
        rounds, most_rounds = steps // one, most_steps // one
        load(self.arrays, self.state, self.best.route, self.best.length, self.buffer)
        done, all_planned = 0, self.best.length.sum() == len(self.arrays.penalty)
        styles = TRAVEL_STYLES if all_planned else STYLES
        while done < min(rounds, most_rounds) and len(self.arrays.day) and self.stop[0] == 0:
            heat = np.array(
                [
                    _cooled(
                        self.usual_penalty * HOT_PENALTIES * hot,
                        COLD_PENALTIES / HOT_PENALTIES / hot,
                        done / rounds,
                    ),
                    _cooled(self.usual_leg * HOT_LEGS * hot, COLD_LEGS / HOT_LEGS / hot, done / rounds),
                ]
            )
            done += search(
                self.arrays, self.state, self.saved, self.best, self.pool, styles, heat, self.random,
                min(CHUNK, rounds - done, most_rounds - done), self.stop, self.buffer,
            )  # fmt: skip

    def squeeze(self, steps: int) -> None:
        """Put missing visits into tight days of the best plan, and shorten a day that is alone.

        Of several days that leave nothing out, the search itself finds the orders faster.
        """
        alone = len(self.arrays.day) == 1
        if not alone and self.best.length.sum() == len(self.arrays.penalty):
            return
        load(self.arrays, self.state, self.best.route, self.best.length, self.buffer)
        part = SQUEEZED_ALONE if alone else SQUEEZED
        tries = np.array([steps // part], dtype=np.int64)
        if squeeze_some(
            self.arrays, self.state, self.saved, self.random, SQUEEZED_TRIES, tries, self.stop, self.buffer
        ):
            value = sum(objective(self.arrays, self.state))
            if value < self.objective:
                keep_best(self.state, self.best, value)

    def choose(self, steps: int) -> None:
        """Choose the best combination of all routes that the search found."""
        prices = self.mixture.price_pool(self.pool, self.stop)
        most_nodes = CHOICES * steps
        chosen = choose_routes(self.arrays, self.pool, prices, self.objective, most_nodes, self.stop)
        if chosen is not None:
            load(self.arrays, self.state, *chosen, self.buffer)
            value = sum(objective(self.arrays, self.state))
            if value < self.objective:
                keep_best(self.state, self.best, value)

    def raise_bound(self, steps: int) -> None:
        """Raise the bound; routes found on the way join those to choose from."""
        self.relaxed.raise_bound(COMPARED * steps, self.stop)

    def _first_plan(self) -> None:
        n = len(self.arrays.penalty)
        touched, missing = np.ones(len(self.arrays.day), dtype=np.int64), np.zeros(n, dtype=np.int64)
        recreate(
            self.arrays, self.state, self.saved, touched, STYLES[1], np.zeros(n), self.random, missing,
            self.buffer,
        )  # fmt: skip
        keep_best(self.state, self.best, sum(objective(self.arrays, self.state)))

    def routes(self) -> list[list[int]]:
        """Return the stops of each working day in the best plan."""
        return [
            [int(v) for v in route[:length]]
            for route, length in zip(self.best.route, self.best.length, strict=True)
        ]

    def sets(self) -> list[int]:
        """Return the visits of each day of the week in the best plan, as bits."""
        sets = [0] * len(self.week.days)
        for d, stops in zip(self.arrays.day.tolist(), self.routes(), strict=True):
            sets[d] = sum(1 << v for v in stops)
        return sets

    def days(self) -> Days:
        """Return the days of the best plan with their times."""
        return _timed(self.week, self.arrays, self.routes())


def _cooled(hot: float, ratio: float, progress: float) -> float:
    """Return the temperature at a share of the way from hot to `ratio` times that."""
    return float(hot * ratio**progress)


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
