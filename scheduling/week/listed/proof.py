"""Prove a listed week in steps that can be suspended: a longer run begins with all of a shorter one.

Searches within growing budgets above the bound alternate with floors under all penalties, each with more
states than the last round. A plan found elsewhere is the ceiling: nothing dearer is searched.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data.base.compiled import Ints
from data.base.status import Status
from scheduling.week.day.routes import DayRoutes
from scheduling.week.listed.bound import Relaxation
from scheduling.week.listed.search import Chosen, WeekSearch

STATE_STEPS = 20
"""Steps that one state of a search counts for; an extension of a partial route counts for one."""
CHEAP = 20_000
"""Initial limit on the states of a day; it rises only if that proves nothing."""
FLOORS = 12
"""Number of successive floors on penalties tried before searches may hold more states."""


@dataclass(frozen=True)
class Solved:
    """A solution before it is timed: status, best plan, a bound on the objective, and the best search."""

    status: Status
    plan: Chosen | None
    bound: int
    search: WeekSearch | None = None


class Proof:
    """The state of a proof: the best plan, a bound on the objective, and what is to be done next.

    `share[v]` is the least work of visit v in any route; `steps` counts the states seen.
    """

    def __init__(
        self,
        routes: tuple[DayRoutes, ...],
        relaxation: Relaxation,
        share: Ints,
        stop: Ints,
        most_states: int,
    ) -> None:
        self.routes, self.relaxation, self.share = routes, relaxation, share
        self.stop, self.most_states, self.steps = stop, most_states, 0
        self.ceiling = relaxation.ceiling
        self.plan: Chosen | None = None
        self._bound = 0
        self.plain = self.floored = self._bounded()
        self._steps = self._rounds()

    @property
    def bound(self) -> int:
        """No plan has a lower objective; a plan that reaches it is optimal."""
        return self._bound if self.plan is None else min(self._bound, self.plan.objective)

    @property
    def done(self) -> bool:
        """Whether the plan is proved optimal, or it is proved that there is none."""
        proved = self.plan is not None and self._bound >= self.plan.objective
        return proved or self._bound > self.ceiling

    def offer(self, plan: Chosen | None) -> None:
        """Keep a plan if it is better than the best so far."""
        if plan is not None and (self.plan is None or plan.objective < self.plan.objective):
            self.plan = plan

    def raise_bound(self, bound: int) -> None:
        """Use a bound that was proved elsewhere."""
        self._bound = max(self._bound, bound)

    def go_on(self) -> bool:
        """Do one more search; False if there is none left: all is proved, or states are too many."""
        return not self.done and next(self._steps, False)

    def solved(self) -> Solved:
        """Return the result so far; without a plan, one is looked for in few states, whatever the limits."""
        if self.plan is None and self._bound > self.ceiling:
            return Solved(Status.INFEASIBLE, None, self._bound)
        if self.plan is None:
            self.offer(self._some_plan())
        if self.plan is None:
            return Solved(Status.UNKNOWN, None, self.bound)
        optimal = self.plan.objective == self.bound
        best = max(self.plain, self.floored, key=lambda search: search.duals.bound)
        return Solved(Status.OPTIMAL if optimal else Status.FEASIBLE, self.plan, self.bound, best)

    def _rounds(self) -> Iterator[bool]:
        """Search with more and more states, first as the relaxation is, then with floors under penalties."""
        relaxation, few = self.relaxation, min(CHEAP, self.most_states)
        while not self.done:
            if self.floored is not self.plain:
                yield from self._widen(self.floored, few, relaxation.top)
            top = relaxation.top if self.floored is not self.plain else self.ceiling
            yield from self._widen(self.plain, few, top)
            yield from self._press(few)
            for _ in range(FLOORS):
                if self.done or not relaxation.raise_floor(self.bound):
                    break
                self.floored = self._bounded()
                yield from self._widen(self.floored, few // 4, relaxation.top)
                # If a floor is not tight, what it allows is searched quickly without it.
                yield from self._widen(self.plain, few, relaxation.top)
                yield from self._press(few)
            if few >= self.most_states:
                return
            few = min(4 * few, self.most_states)

    def _bounded(self) -> WeekSearch:
        """Bound the week by the current relaxation, and prepare a search above that bound."""
        duals = self.relaxation.solve(self.stop)
        self.raise_bound(-(-duals.bound // duals.scale))
        return WeekSearch(self.routes, self.relaxation, duals, self.share)

    def _press(self, few: int) -> Iterator[bool]:
        """Search for plans within the floor's limit, in case working time is the bottleneck."""
        relaxation = self.relaxation
        if relaxation.limits.max_work_min is not None and self.bound <= relaxation.top and not self.done:
            duals = relaxation.pressed(relaxation.top, self.bound, self.stop)
            search = WeekSearch(self.routes, relaxation, duals, self.share)
            yield from self._widen(search, few, relaxation.top)

    def _widen(self, search: WeekSearch, most_states: int, top: int) -> Iterator[bool]:
        """Search within growing budgets until all is proved, `top` is passed, or states are too many."""
        root = -(-search.duals.bound // search.duals.scale)
        reach, complete = self.bound, True
        while complete and not self.done and self.bound <= top and self.stop[0] == 0:
            # Every plan with an objective of at most `reach` is within the budget.
            reach = min(reach, top, self.ceiling if self.plan is None else self.plan.objective - 1)
            found = search.within(reach, self.stop, most_states)
            complete = found.complete
            self.steps += STATE_STEPS * found.states
            self.offer(found.plan)
            if complete:
                self.raise_bound(reach + 1)
            # The more expensive a search, the smaller the next step: states grow faster than budgets.
            fifths = 20 if found.states < most_states // 40 else 5 if found.states < most_states // 4 else 2
            reach = self.bound + fifths * (reach - root + 1) // 5
            yield True

    def _some_plan(self) -> Chosen | None:
        """Return a plan from a search with few states, in the smallest of doubling budgets that has one."""
        search = self.plain
        root = -(-search.duals.bound // search.duals.scale)
        reach, plan = self.bound, None
        while plan is None and reach < self.ceiling:
            reach = min(self.ceiling, reach + max(1, reach - root))
            plan = search.within(reach, np.zeros(1, dtype=np.int64), CHEAP).plan
        return plan
