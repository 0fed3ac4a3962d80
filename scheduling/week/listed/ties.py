"""Break ties between weeks of equal objective: more even days, then earlier returns.

A set of visits is always made by its cheapest route, in a tie by the one that returns first; so the remaining
choice is which day makes which visits. All optimal plans are within the budget of the proof. One more search
through it keeps, of states with the same settled visits, those that no other one dominates in longest and
shortest day and sum of returns. If there are too many optimal plans, the best of those seen is taken.
"""

import numpy as np

from data.base.compiled import Ints
from scheduling.week.day.timing import timed_day
from scheduling.week.listed.proof import CHEAP, Solved
from scheduling.week.listed.search import Chosen
from scheduling.week.listed.solve import ListedWeek

MOST_TIMED = 100
"""With breaks the work of a route is found by timing it; if more routes than this are possible, ties stay."""


def most_even(listed: ListedWeek, solved: Solved, plan: Chosen) -> Chosen:
    """Return the plan with the proved objective whose days are most even, then back earliest."""
    search = solved.search
    if search is None or plan.objective != solved.bound or listed.stop[0] != 0:
        return plan
    with_breaks = listed.week.breaks is not None
    budget = plan.objective * search.duals.scale - search.duals.bound
    many = sum(len(search.routes_within(k, budget)[0]) for k in range(len(listed.routes)))
    if with_breaks and many > MOST_TIMED:
        return plan

    def lengths(k: int, chosen: Ints) -> tuple[Ints, Ints]:
        routes = listed.routes[k]
        back = routes.back[chosen]
        if with_breaks:
            work = [timed_day(routes, int(route), listed.ids).work_min for route in chosen]
            return np.array(work, dtype=np.int64), back
        return routes.work_min[chosen], back

    found = search.within(plan.objective, listed.stop, CHEAP, lengths).plan
    return plan if found is None or found.objective != plan.objective else found
