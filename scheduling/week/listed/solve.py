"""Solve a week with all day routes listed: the proved best plan for any choice of required visits."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints
from scheduling.week.day.arrays import day_kinds, week_limit_can_bind
from scheduling.week.day.labels import WORK_MIN
from scheduling.week.day.routes import list_day
from scheduling.week.day.timing import timed_day
from scheduling.week.instance import PlannedDay, WeekInstance
from scheduling.week.listed.bound import Relaxation, WeekLimits
from scheduling.week.listed.proof import Proof, Solved
from scheduling.week.listed.route_list import RouteList, added_work
from scheduling.week.listed.search import MOST_STATES, Chosen, work_shares
from scheduling.week.shortest_breaks import with_shortest_breaks

QUICK = 200_000
"""The limit on the states of a day when looking for a reason."""
NO_LIMIT = 1 << 60


class ListedWeek:
    """The routes of every kind of day of a week, listed within `most_steps` extensions of partial routes.

    If `stop[0]` is not 0, any computation ends soon with the best found so far. `complete` says that no route
    is missing; only then does `best` prove anything. `cut` says that a kind of day ran out of steps.
    """

    def __init__(
        self, week: WeekInstance, stop: Ints, most_steps: int | None = None, workers: int = 1
    ) -> None:
        self.week, self.stop = week, stop
        self.ids = [v.id for v in week.visits]
        self.penalty = np.array(
            [v.penalty + (v.promise.cost if v.promise else 0) for v in week.visits], dtype=np.int64
        )
        self.required = np.array([v.required for v in week.visits], dtype=np.bool_)
        self.limits = _limits(week)
        kinds = day_kinds(week)
        self.most_steps = NO_LIMIT if most_steps is None else most_steps
        share = self.most_steps // max(1, len(kinds))
        conflicts = _conflicts(week)
        with ThreadPoolExecutor(workers) as threads:
            self.routes = tuple(threads.map(lambda kind: list_day(kind, conflicts, stop, share), kinds))
        self.steps = sum(routes.steps for routes in self.routes)
        self.complete = all(routes.complete for routes in self.routes)
        self.cut = any(routes.steps > share for routes in self.routes)

    @cached_property
    def relaxation(self) -> Relaxation:
        """The linear relaxation with the week's own required visits."""
        return Relaxation(RouteList.of(self.routes), self.penalty, self.required, self.limits)

    @cached_property
    def share(self) -> Ints:
        """The least work that each visit takes in any route; zeros if no limit on work can bind."""
        if self.limits.max_work_min is None:
            return np.zeros_like(self.penalty)
        return work_shares(self.routes, len(self.penalty))

    @property
    def spent(self) -> bool:
        """Whether the time is over or the allowed steps are used up."""
        return bool(self.stop[0] != 0) or self.steps > self.most_steps

    def proof(self, required: NDArray[np.bool_] | None = None, most_states: int = MOST_STATES) -> Proof:
        """Begin the proof of the best plan that makes the required visits (None: the week's own)."""
        relaxation = self.relaxation if required is None else self.relaxation.requiring(required)
        return Proof(self.routes, relaxation, self.share, self.stop, most_states)

    def best(self, required: NDArray[np.bool_] | None = None, most_states: int = MOST_STATES) -> Solved:
        """Return the best plan that makes the required visits, as far as time and steps allow."""
        proof, before = self.proof(required, most_states), self.steps
        while not self.spent and proof.go_on():
            self.steps = before + proof.steps
        return proof.solved()

    def chosen(self, sets: Sequence[int]) -> Chosen | None:
        """Return the plan that makes a set of visits, as bits, on each day; None if it is not in the list."""
        cheap, lean = [], []
        for k, routes in enumerate(self.routes):
            for d in routes.kind.days:
                rows = np.flatnonzero(routes.mask == sets[d]) if sets[d] else np.zeros(0, dtype=np.int64)
                if sets[d] and not len(rows):
                    return None
                if len(rows):
                    work, cost = added_work(routes)[rows], routes.cost[rows]
                    cheap.append((d, k, int(rows[np.lexsort((work, cost))[0]])))
                    lean.append((d, k, int(rows[np.lexsort((cost, work))[0]])))
        return self._allowed(cheap) or self._allowed(lean)

    def _allowed(self, plan: list[tuple[int, int, int]]) -> Chosen | None:
        """Return a plan with its objective; None if it breaks a limit or misses a required visit."""
        made = 0
        for _, k, r in plan:
            made |= int(self.routes[k].mask[r])
        left_out = np.array([not made >> v & 1 for v in range(len(self.ids))], dtype=np.bool_)
        work = sum(int(added_work(self.routes[k])[r]) for _, k, r in plan)
        most_days, most_work = self.limits.max_days, self.limits.max_work_min
        if (
            bool((left_out & self.required).any())
            or (most_days is not None and len(plan) > most_days)
            or (most_work is not None and work > most_work)
        ):
            return None
        cost = sum(int(self.routes[k].cost[r]) for _, k, r in plan)
        return Chosen(cost + int(self.penalty[left_out].sum()), tuple(sorted(plan)))

    def timed(self, plan: Chosen) -> tuple[PlannedDay | None, ...]:
        """Return the plan's days with their canonical times.

        The days use the least work at their cost only if the week's limit on work requires it; breaks become
        as short as possible after that.
        """
        free = {d: timed_day(self.routes[k], r, self.ids) for d, k, r in plan.routes}
        added = sum(free[d].work_min - int(self.routes[k].kind.rules[WORK_MIN]) for d, k, _ in plan.routes)
        if self.limits.max_work_min is not None and added > self.limits.max_work_min:
            free = {
                d: timed_day(self.routes[k], r, self.ids, int(self.routes[k].work_min[r]))
                for d, k, r in plan.routes
            }
        days = tuple(free[d].day if d in free else None for d in range(len(self.week.days)))
        return with_shortest_breaks(self.week, days)

    def visits_of(self, plan: Chosen) -> frozenset[int]:
        """Return the visits that a plan makes."""
        return frozenset(v for _, k, r in plan.routes for v in self.routes[k].visits_in_order(r))


def _limits(week: WeekInstance) -> WeekLimits:
    """Return the limits that can bind, with work counted beyond what running days have behind them.

    If that work alone exceeds the week's limit, nothing more may be planned; an empty week is always allowed.
    """
    working = sum(day is not None for day in week.days)
    done = sum(day.so_far.work_min for day in week.days if day is not None and day.so_far is not None)
    limit = week.max_week_work_min
    if limit is not None and done > limit:
        return WeekLimits(max_days=0, max_work_min=0)
    return WeekLimits(
        max_days=week.max_days if week.max_days is not None and week.max_days < working else None,
        max_work_min=limit - done if limit is not None and week_limit_can_bind(week) else None,
    )


def _conflicts(week: WeekInstance) -> Ints:
    """Return for each visit the visits, as bits, that may not share a day with it, including itself."""
    bits: dict[str, int] = {}
    for v, visit in enumerate(week.visits):
        if visit.group is not None:
            bits[visit.group] = bits.get(visit.group, 0) | 1 << v
    alone = [1 << v if visit.group is None else bits[visit.group] for v, visit in enumerate(week.visits)]
    return np.array(alone, dtype=np.int64)
