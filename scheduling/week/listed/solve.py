"""Solve a week with all day routes listed: the proved best plan for any choice of required visits."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints
from data.base.status import Status
from scheduling.week.day.arrays import day_kinds, week_limit_can_bind
from scheduling.week.day.labels import WORK_MIN
from scheduling.week.day.routes import list_day
from scheduling.week.day.timing import timed_day
from scheduling.week.instance import PlannedDay, WeekInstance
from scheduling.week.listed.bound import Relaxation, WeekLimits
from scheduling.week.listed.route_list import RouteList
from scheduling.week.listed.search import MOST_STATES, Chosen, WeekSearch, work_shares
from scheduling.week.shortest_breaks import with_shortest_breaks

STATE_STEPS = 20
"""Steps that one state of a search counts for; an extension of a partial route counts for one."""
CHEAP = 20_000
"""Initial limit on the states of a day; it rises only if that proves nothing."""
FLOORS = 12
"""Number of successive floors on penalties tried before searches may hold more states."""
QUICK = 200_000
"""The limit on the states of a day when looking for a reason."""
NO_LIMIT = 1 << 60


@dataclass(frozen=True)
class Solved:
    """A solution before it is timed: status, best plan, a bound on the objective, and the best search."""

    status: Status
    plan: Chosen | None
    bound: int
    search: WeekSearch | None = None


class _Proof:
    """The state of a proof: the best plan, a bound on the objective, and whether to continue."""

    def __init__(self, ceiling: int) -> None:
        self.ceiling = ceiling
        self.plan: Chosen | None = None
        self._bound = 0

    @property
    def bound(self) -> int:
        """No plan has a lower objective; a plan that reaches it is optimal."""
        return self._bound if self.plan is None else min(self._bound, self.plan.objective)

    @bound.setter
    def bound(self, bound: int) -> None:
        self._bound = max(self._bound, bound)

    @property
    def done(self) -> bool:
        """Whether the plan is proved optimal, or it is proved that there is none."""
        proved = self.plan is not None and self._bound >= self.plan.objective
        return proved or self._bound > self.ceiling

    def offer(self, plan: Chosen | None) -> None:
        """Keep a plan if it is better than the best so far."""
        if plan is not None and (self.plan is None or plan.objective < self.plan.objective):
            self.plan = plan


class ListedWeek:
    """The routes of every kind of day of a week, listed within `most_steps` extensions of partial routes.

    If `stop[0]` is not 0, any computation ends soon with the best found so far. `complete` says that no route
    is missing; only then does `best` prove anything.
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
        self._cut = any(routes.steps > share for routes in self.routes)

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
    def out_of_work(self) -> bool:
        """Whether the allowed steps, or those of one kind of day, are used up."""
        return self._cut or self.steps > self.most_steps

    def best(self, required: NDArray[np.bool_] | None = None, most_states: int = MOST_STATES) -> Solved:
        """Return the best plan that makes the required visits (the week's own, unless others are given)."""
        relaxation = self.relaxation if required is None else self.relaxation.requiring(required)
        proof = _Proof(relaxation.ceiling)
        plain = floored = self._bounded(relaxation, proof)
        few = min(CHEAP, most_states)
        while not proof.done and not self._spent:
            if floored is not plain:
                self._widen(floored, proof, few, relaxation.top)
            self._widen(plain, proof, few, relaxation.top if floored is not plain else proof.ceiling)
            self._press(relaxation, proof, few)
            for _ in range(FLOORS):
                if proof.done or not relaxation.raise_floor(proof.bound):
                    break
                floored = self._bounded(relaxation, proof)
                self._widen(floored, proof, few // 4, relaxation.top)
                # If a floor is not tight, what it allows is searched quickly without it.
                self._widen(plain, proof, few, relaxation.top)
                self._press(relaxation, proof, few)
            if few >= most_states:
                break
            few = min(4 * few, most_states)
        if proof.plan is None and proof.bound > proof.ceiling:
            return Solved(Status.INFEASIBLE, None, proof.bound)
        if proof.plan is None:
            # Out of time or states: the last resort has to ignore that.
            proof.offer(_some_plan(plain, proof))
        if proof.plan is None:
            return Solved(Status.UNKNOWN, None, proof.bound)
        optimal = proof.plan.objective == proof.bound
        best = max(plain, floored, key=lambda search: search.duals.bound)
        return Solved(Status.OPTIMAL if optimal else Status.FEASIBLE, proof.plan, proof.bound, best)

    @property
    def _spent(self) -> bool:
        return bool(self.stop[0] != 0) or self.steps > self.most_steps

    def _bounded(self, relaxation: Relaxation, proof: "_Proof") -> WeekSearch:
        """Bound the week by the current relaxation, and prepare a search above that bound."""
        duals = relaxation.solve()
        proof.bound = -(-duals.bound // duals.scale)
        return WeekSearch(self.routes, relaxation, duals, self.share)

    def _press(self, relaxation: Relaxation, proof: "_Proof", few: int) -> None:
        """Search for plans within the floor's limit, in case working time is the bottleneck."""
        if self.limits.max_work_min is not None and proof.bound <= relaxation.top and not proof.done:
            duals = relaxation.pressed(relaxation.top, proof.bound)
            search = WeekSearch(self.routes, relaxation, duals, self.share)
            self._widen(search, proof, few, relaxation.top)

    def _widen(self, search: WeekSearch, proof: "_Proof", most_states: int, top: int) -> None:
        """Search within growing budgets until all is proved, `top` is passed, or states are too many."""
        root = -(-search.duals.bound // search.duals.scale)
        reach, complete = proof.bound, True
        while complete and not proof.done and proof.bound <= top and not self._spent:
            # Every plan with an objective of at most `reach` is within the budget.
            reach = min(reach, top, proof.ceiling if proof.plan is None else proof.plan.objective - 1)
            found = search.within(reach, self.stop, most_states)
            complete = found.complete
            self.steps += STATE_STEPS * found.states
            proof.offer(found.plan)
            if complete:
                proof.bound = reach + 1
            # The more expensive a search, the smaller the next step: states grow faster than budgets.
            fifths = 20 if found.states < most_states // 40 else 5 if found.states < most_states // 4 else 2
            reach = proof.bound + fifths * (reach - root + 1) // 5

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


def _some_plan(search: WeekSearch, proof: _Proof) -> Chosen | None:
    """Return a plan from a search with few states, within the smallest of doubling budgets that has one."""
    root = -(-search.duals.bound // search.duals.scale)
    reach, plan = proof.bound, None
    while plan is None and reach < proof.ceiling:
        reach = min(proof.ceiling, reach + max(1, reach - root))
        plan = search.within(reach, np.zeros(1, dtype=np.int64), CHEAP).plan
    return plan


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
