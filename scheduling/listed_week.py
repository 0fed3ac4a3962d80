"""A week whose day routes are all listed: the proved best plan for any choice of required visits."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.solution import Status
from scheduling.compiled import Ints
from scheduling.day_arrays import day_kinds, week_limit_can_bind
from scheduling.day_routes import list_day
from scheduling.instance import PlannedDay, WeekInstance
from scheduling.timing import timed_day
from scheduling.week_bound import Duals, WeekLimits, week_duals
from scheduling.week_search import MOST_STATES, Chosen, WeekSearch

BEAM = 2_000
"""States a day that the last resort keeps, where no search ran to its end."""
NO_LIMIT = 1 << 60


@dataclass(frozen=True)
class Solved:
    """An answer before it is timed: status, best plan, and a bound on the objective."""

    status: Status
    plan: Chosen | None
    bound: int


class ListedWeek:
    """The routes of every kind of day of a week, listed within `most_steps` extensions of partial routes.

    `stop[0]` not 0 ends any computation soon, with the best found so far. `complete` says that no route is
    missing; only then does `best` prove anything.
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

    def best(self, required: NDArray[np.bool_] | None = None, most_states: int = MOST_STATES) -> Solved:
        """Return the best plan that makes the required visits (the week's own, unless others are given)."""
        must = self.required if required is None else required
        duals = week_duals(self.routes, self.penalty, must, self.limits)
        search = WeekSearch(self.routes, self.penalty, must, self.limits, duals)
        ceiling = self._ceiling(must)
        plan, bound = self._prove(search, duals, ceiling, most_states)
        if plan is None and bound > ceiling:
            return Solved(Status.INFEASIBLE, None, bound)
        if plan is None or plan.objective > bound:
            found = search.within(
                NO_LIMIT, np.zeros(1, dtype=np.int64), most_states=most_states, beam=BEAM
            ).plan
            if found is not None and (plan is None or found.objective < plan.objective):
                plan = found
        if plan is None:
            return Solved(Status.UNKNOWN, None, bound)
        return Solved(Status.OPTIMAL if plan.objective == bound else Status.FEASIBLE, plan, bound)

    def _prove(
        self, search: WeekSearch, duals: Duals, ceiling: int, most_states: int
    ) -> tuple[Chosen | None, int]:
        """Search within growing budgets; returns the best plan found and a bound on the objective."""
        scale, root = duals.scale, -(-duals.bound // duals.scale)
        best: Chosen | None = None
        bound = reach = root
        while bound <= ceiling:
            # Every plan with an objective of at most `reach` lies within this budget.
            found = search.within(reach * scale - duals.bound, self.stop, most_states)
            self.steps += found.states
            if found.plan is not None and (best is None or found.plan.objective < best.objective):
                best = found.plan
            if not found.complete:
                break
            bound = reach + 1 if best is None else min(best.objective, reach + 1)
            if (best is not None and best.objective == bound) or self.steps > self.most_steps:
                break
            growth = 16 if found.states < BEAM else 4
            reach = min(bound + growth * (reach - root + 1), ceiling if best is None else best.objective - 1)
        return best, bound

    def _ceiling(self, must: NDArray[np.bool_]) -> int:
        """Return an objective that no plan exceeds."""
        dearest = sum(int(r.cost.max(initial=0)) * len(r.kind.days) for r in self.routes)
        return int(self.penalty[~must].sum()) + dearest

    def timed(self, plan: Chosen) -> tuple[PlannedDay | None, ...]:
        """Return the plan's days with their canonical times."""
        days: list[PlannedDay | None] = [None] * len(self.week.days)
        for d, k, r in plan.routes:
            routes = self.routes[k]
            work = int(routes.work_min[r]) if routes.kind.exact_work else None
            days[d] = timed_day(routes, r, self.ids, work).day
        return tuple(days)

    def visits_of(self, plan: Chosen) -> frozenset[int]:
        """Return the visits that a plan makes."""
        return frozenset(v for _, k, r in plan.routes for v in self.routes[k].visits_in_order(r))


def _limits(week: WeekInstance) -> WeekLimits:
    """Return the limits that can bind, work counted beyond what running days have behind them.

    Where those alone exceed the week's limit, nothing more may be planned; an empty week is always allowed.
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
    """Return for each visit the visits, as bits, that may not share a day with it, itself included."""
    bits: dict[str, int] = {}
    for v, visit in enumerate(week.visits):
        if visit.group is not None:
            bits[visit.group] = bits.get(visit.group, 0) | 1 << v
    alone = [1 << v if visit.group is None else bits[visit.group] for v, visit in enumerate(week.visits)]
    return np.array(alone, dtype=np.int64)
