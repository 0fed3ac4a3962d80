"""The best choice of one route a day from a pool: relaxation by pricing, then search by reduced costs.

Every plan made of routes in the pool costs the value of the relaxation, plus the reduced costs of its routes,
of the visits it leaves out, of the days it leaves free and of the slack in the limits. So routes and sums
that exceed the best known plan are skipped.
"""

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.large.arrays import Floats, WeekArrays
from scheduling.week.large.relaxation import Prices
from scheduling.week.large.route_pool import RoutePool


def choose_routes(
    w: WeekArrays, pool: RoutePool, prices: Prices, objective: int, most_nodes: int, stop: Ints
) -> tuple[Ints, Ints] | None:
    """Return (stops, number of stops) of each working day in a plan better than `objective`, if found.

    At most `most_nodes` routes are examined.
    """
    used = int(pool.used[0])
    if used == 0:
        return None
    reduced = prices.reduced_costs(w, pool)
    slack = w.penalty - prices.visit
    whole = prices.value
    budget = objective - whole - 0.5
    near = np.flatnonzero(reduced <= budget)
    near = near[np.lexsort((near, reduced[near]))]
    covered = np.array([slack[pool.stops[r, : pool.size[r]]].sum() for r in near])
    # Days of the same kind are adjacent, so that their routes are chosen in one order only.
    order = np.argsort(w.kind, kind="stable")
    free = np.array([prices.kind[k] for k in w.kind])
    chosen = _chosen(
        pool.words, pool.kind, pool.work_min, near, reduced[near], covered, w.kind[order], free[order],
        prices.day, prices.work_min, float(slack.sum()), budget, w.max_days, w.max_work_min, most_nodes, stop,
    )  # fmt: skip
    if chosen[0] == -2:
        return None
    days = len(w.kind)
    stops = np.zeros((days, len(w.penalty)), dtype=np.int64)
    sizes = np.zeros(days, dtype=np.int64)
    for place, at in zip(order, chosen, strict=True):
        if at >= 0:
            row = near[at]
            sizes[place] = pool.size[row]
            stops[place, : sizes[place]] = pool.stops[row, : sizes[place]]
    return stops, sizes


@compiled
def _chosen(
    words: Ints, kinds: Ints, work_min: Ints, near: Ints, reduced: Floats, covered: Floats,
    day_kind: Ints, free: Floats, day_price: float, work_price: float, slack: float, budget: float,
    max_days: int, max_work_min: int, most_nodes: int, stop: Ints,
) -> Ints:  # fmt: skip
    """Return each day's index in `near` (-1: free) for the best plan, with -2 first if there is none.

    Depth first over the days; `free` is the cost of a free day, `slack` that of leaving out all visits.
    """
    days, many, size = day_kind.shape[0], near.shape[0], words.shape[1]
    best = np.full(days, -2, dtype=np.int64)
    at = np.full(days + 1, -1, dtype=np.int64)
    taken = np.zeros((days + 1, size), dtype=np.int64)
    excess, saved = np.zeros(days + 1), np.zeros(days + 1)
    work, used = np.zeros(days + 1, dtype=np.int64), np.zeros(days + 1, dtype=np.int64)
    most_saved = 0.0
    for x in range(many):
        most_saved = max(most_saved, covered[x])
    nodes, d = 0, 0
    # A day tries the routes after that of the previous day of its kind, then stays free.
    following = np.zeros(days + 1, dtype=np.int64)
    while d >= 0:
        if d == days:
            total = excess[d] + slack - saved[d]
            total += day_price * (max_days - used[d]) + work_price * (max_work_min - work[d])
            if total < budget:
                budget = total - 0.5
                best[:] = at[:days]
            d -= 1
            continue
        x = following[d]
        nodes += 1
        if nodes > most_nodes or stop[0] != 0:
            break
        if x > many:
            d -= 1
            continue
        following[d] = x + 1
        later = (days - d - 1) * most_saved
        if x == many:
            cost = excess[d] + free[d]
            if cost + max(0.0, slack - saved[d] - later) > budget:
                continue
            at[d] = -1
            taken[d + 1] = taken[d]
            excess[d + 1], saved[d + 1], work[d + 1], used[d + 1] = cost, saved[d], work[d], used[d]
        else:
            cost = excess[d] + reduced[x]
            if cost > budget:
                following[d] = many
                continue
            row = near[x]
            if kinds[row] != day_kind[d] or used[d] >= max_days or work[d] + work_min[row] > max_work_min:
                continue
            apart = True
            for word in range(size):
                apart = apart and words[row, word] & taken[d, word] == 0
            if not apart or cost + max(0.0, slack - saved[d] - covered[x] - later) > budget:
                continue
            at[d] = x
            for word in range(size):
                taken[d + 1, word] = taken[d, word] | words[row, word]
            excess[d + 1], saved[d + 1] = cost, saved[d] + covered[x]
            work[d + 1], used[d + 1] = work[d] + work_min[row], used[d] + 1
        d += 1
        if d < days:
            # All earlier days of a kind are used before one stays free.
            following[d] = 0
            if day_kind[d] == day_kind[d - 1]:
                following[d] = at[d - 1] + 1 if at[d - 1] >= 0 else many
    return best
