"""One step of the search over the days: extend every state of a week by every route of one day (numba)."""

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints, Small, compiled, compiled_leaf
from scheduling.week.day.mask_table import bit_count, empty_table, longer, roomy, slot_of, taller
from scheduling.week.listed.route_list import (
    NOTHING,
    R_BACK,
    R_COST,
    R_EXCESS,
    R_LENGTH,
    R_MASK,
    R_NEXT,
    R_WORK,
)

MASK, EXCESS, COST, WORK, DAYS, BEFORE, ROUTE, LONGEST, SHORTEST, BACKS, FIELDS = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
)
"""Columns of a state.

Settled visits, excess over the bound, and cost, work and days so far; then its parent state and the route
that led here; then the longest and the shortest work of a day, and the sum of returns, all 0 unless they
break ties.
"""
BUDGET, REACH, MAX_WORK, MAX_DAYS, FREE_WORK, FREE_DAYS, WORK_TO_COME = 0, 1, 2, 3, 4, 5, 6
IDLE, SETTLED, COVERED, VISITS_TO_COME, LIMITS = 7, 8, 9, 10, 11
"""Limits of a layer.

The maximum excess and cost of a plan, and its maximum work and days; the work and days up to which a state is
as good as one with none, since later days keep all their choices; the most work that later days can take; the
excess of a day without visits; the visits that no later day can make and those that this day can, as bits;
and the most visits that later days can make.
"""
LOOK_UP = 8
"""A table look-up costs about as much as skipping this many routes."""


@compiled
def next_layer(
    layer: Ints, routes: Ints, keys: Ints, first: Small, slots: Small, limits: Ints,
    left_excess: Ints, left_cost: Ints, dear: Ints, share: Ints, cheapest: Ints, stop: Ints, most_states: int,
) -> tuple[Ints, bool]:  # fmt: skip
    """Extend every state by no route and by every route of the day that fits; return (states, complete).

    `left_excess` and `left_cost` are charged for each visit left out, `dear` are the visits by falling
    `left_excess`; `share[v]` is the least work that v takes in any route, `cheapest` the visits by cost and
    by share. Of states with the same settled visits, those are kept that no other one dominates in cost,
    work, days and ties.
    """
    found, following = np.empty((1024, FIELDS), dtype=np.int64), np.empty(1024, dtype=np.int64)
    alive = np.empty(1024, dtype=np.bool_)
    masks, head = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int64)
    n_found, n_masks, table = 0, 0, empty_table(1)
    fitting = np.empty(routes.shape[0] + 1, dtype=np.int64)
    settled, limited = limits[SETTLED], limits[WORK_TO_COME] < limits[MAX_WORK]
    for s in range(layer.shape[0]):
        if stop[0] != 0 or n_found > most_states:
            return found[:n_found][alive[:n_found]], False
        here, so_far = layer[s, MASK], layer[s, EXCESS]
        must = _too_dear(left_excess, dear, limits[BUDGET] - so_far) & settled & ~here
        if must & ~limits[COVERED] != 0:
            continue
        many = _fitting(
            routes,
            keys,
            first,
            slots,
            here,
            must,
            limits[COVERED] & ~here & ~must,
            limits[BUDGET] - so_far,
            fitting,
        )
        for c in range(many):
            route = fitting[c]
            mask, excess, cost = here, so_far + limits[IDLE], layer[s, COST]
            work, days = layer[s, WORK], layer[s, DAYS]
            if route >= 0:
                mask, excess = mask | routes[route, R_MASK], so_far + routes[route, R_EXCESS]
                cost, work, days = cost + routes[route, R_COST], work + routes[route, R_WORK], days + 1
            if excess > limits[BUDGET] or work > limits[MAX_WORK] or days > limits[MAX_DAYS]:
                continue
            missing = settled & ~mask
            while missing:
                v = bit_count((missing & -missing) - 1)
                excess, cost = excess + left_excess[v], cost + left_cost[v]
                missing &= missing - 1
            mask |= settled
            if excess > limits[BUDGET]:
                continue
            if (
                bit_count(_too_dear(left_excess, dear, limits[BUDGET] - excess) & ~mask)
                > limits[VISITS_TO_COME]
            ):
                continue
            room = min(limits[MAX_WORK] - work, limits[WORK_TO_COME])
            if limited and cost + least_left_out(~mask, room, share, left_cost, cheapest) > limits[REACH]:
                continue
            work, days = max(work, limits[FREE_WORK]), max(days, limits[FREE_DAYS])
            slot = slot_of(table, masks, mask)
            if table[slot] < 0:
                if n_masks == masks.shape[0]:
                    masks, head = longer(masks, n_masks + 1), longer(head, n_masks + 1)
                masks[n_masks], head[n_masks], table[slot] = mask, NOTHING, n_masks
                n_masks += 1
                if 2 * n_masks >= table.shape[0]:
                    table = roomy(table, masks, n_masks, 2 * n_masks)
                    slot = slot_of(table, masks, mask)
            key = table[slot]
            longest, shortest, backs = layer[s, LONGEST], layer[s, SHORTEST], layer[s, BACKS]
            if route >= 0:
                longest, shortest = (
                    max(longest, routes[route, R_LENGTH]),
                    min(shortest, routes[route, R_LENGTH]),
                )
                backs += routes[route, R_BACK]
            if _beaten(found, following, alive, head, key, cost, work, days, longest, shortest, backs):
                continue
            if n_found == alive.shape[0]:
                found, following = taller(found, n_found + 1), longer(following, n_found + 1)
                alive = longer(alive, n_found + 1)
            found[n_found, MASK], found[n_found, EXCESS], found[n_found, COST] = mask, excess, cost
            found[n_found, WORK], found[n_found, DAYS] = work, days
            found[n_found, LONGEST], found[n_found, SHORTEST], found[n_found, BACKS] = (
                longest,
                shortest,
                backs,
            )
            found[n_found, BEFORE], found[n_found, ROUTE] = s, route
            following[n_found], head[key], alive[n_found] = head[key], n_found, True
            n_found += 1
    return found[:n_found][alive[:n_found]], True


@compiled_leaf
def _fitting(
    routes: Ints, keys: Ints, first: Small, slots: Small, here: int, must: int, free: int, spare: int,
    fitting: Ints,
) -> int:  # fmt: skip
    """List the routes with an excess up to `spare` that make all of `must` and other visits only of `free`.

    With few visits left, every set of them is looked up; with many, every route is checked. NOTHING stands
    for a day without visits. Returns the number of listed routes.
    """
    count = 0
    if must == 0:
        fitting[0], count = NOTHING, 1
    low, within = 0, routes.shape[0]
    while low < within:
        middle = (low + within) // 2
        if routes[middle, R_EXCESS] <= spare:
            low = middle + 1
        else:
            within = middle
    if LOOK_UP << min(bit_count(free), 30) >= within:
        for c in range(within):
            if routes[c, R_MASK] & here == 0 and must & ~routes[c, R_MASK] == 0:
                fitting[count] = c
                count += 1
        return count
    subset = free
    while subset >= 0:
        key = slots[slot_of(slots, keys, subset | must)]
        route = NOTHING if key < 0 else first[key]
        while route >= 0 and routes[route, R_EXCESS] <= spare:
            fitting[count] = route
            count, route = count + 1, routes[route, R_NEXT]
        subset = NOTHING if subset == 0 else (subset - 1) & free
    return count


@compiled_leaf
def _too_dear(left_excess: Ints, dear: Ints, spare: int) -> int:
    """Return the visits, as bits, that cannot be left out within the remaining budget."""
    bits = 0
    for v in dear:
        if left_excess[v] <= spare:
            break
        bits |= 1 << v
    return bits


@compiled_leaf
def least_left_out(rest: int, room: int, share: Ints, left_cost: Ints, cheapest: Ints) -> int:
    """Return a bound on the cost of leaving out visits of `rest` so that the others fit.

    Rows of `cheapest` are visits by cost per minute, by cost, and by share (largest first). At least as many
    must be left out as with the largest shares, so at least that many of the cheapest; and the cost is at
    least that of the fractional relaxation.
    """
    n, need = share.shape[0], -room
    for v in range(n):
        if (rest >> v) & 1:
            need += share[v]
    if need <= 0:
        return 0
    fraction, few, left, gone = 0, 0, need, 0
    for i in range(n):
        v = cheapest[2, i]
        if left > 0 and (rest >> v) & 1:
            left -= share[v]
            gone += 1
    for i in range(n):
        v = cheapest[1, i]
        if gone > 0 and (rest >> v) & 1:
            few += left_cost[v]
            gone -= 1
    for i in range(n):
        v = cheapest[0, i]
        if need > 0 and (rest >> v) & 1 and share[v] > 0:
            # In floats, which can hold the product, reduced slightly because they round.
            part = left_cost[v] * (min(share[v], need) / share[v])
            fraction += int(part * (1 - 1e-12))
            need -= share[v]
    return max(few, fraction)


@compiled_leaf
def _beaten(
    found: Ints,
    following: Ints,
    alive: NDArray[np.bool_],
    head: Ints,
    key: int,
    cost: int,
    work: int,
    days: int,
    longest: int,
    shortest: int,
    backs: int,
) -> bool:
    """Return whether a state with the same visits is as good; unlink and drop those that are no better."""
    other, before = head[key], NOTHING
    while other >= 0:
        as_good = found[other, COST] <= cost and found[other, WORK] <= work and found[other, DAYS] <= days
        as_even = found[other, LONGEST] <= longest and found[other, SHORTEST] >= shortest
        if as_good and as_even and found[other, BACKS] <= backs:
            return True
        no_better = found[other, COST] >= cost and found[other, WORK] >= work and found[other, DAYS] >= days
        no_evener = found[other, LONGEST] >= longest and found[other, SHORTEST] <= shortest
        if no_better and no_evener and found[other, BACKS] >= backs:
            alive[other] = False
            if before < 0:
                head[key] = following[other]
            else:
                following[before] = following[other]
        else:
            before = other
        other = following[other]
    return False
