"""One step of the search over the days: every state of a week extended by every route of one day (numba)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduling.compiled import Ints, Small, compiled
from scheduling.day_routes import empty_table, rehashed, slot_of

MASK, EXCESS, COST, WORK, DAYS, BEFORE, ROUTE, FIELDS = 0, 1, 2, 3, 4, 5, 6, 7
"""Columns of a state: visits settled, excess over the bound, and the cost, work and days so far; then the
state before it in the last layer, and the route that led here."""
R_MASK, R_EXCESS, R_COST, R_WORK, R_NEXT = 0, 1, 2, 3, 4
"""Columns of a route, sorted by excess: `R_NEXT` is the next route with the same visits, or NOTHING."""
NOTHING = -1
LOOK_UP = 8
"""A look-up in a table costs about as much as passing over so many routes."""


@compiled
def bit_count(mask: int) -> int:
    """Return how many bits of a mask are set."""
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@compiled
def route_index(routes: Ints) -> tuple[Ints, Small, Small]:
    """Link routes with the same visits; returns (masks, the first route of each, a table for `slot_of`)."""
    keys = np.empty(max(1, routes.shape[0]), dtype=np.int64)
    first = np.empty(max(1, routes.shape[0]), dtype=np.int32)
    count, slots = 0, empty_table(routes.shape[0])
    for c in range(routes.shape[0] - 1, -1, -1):
        slot = slot_of(slots, keys, routes[c, R_MASK])
        key = slots[slot]
        if key < 0:
            key = count
            keys[key], slots[slot] = routes[c, R_MASK], key
            routes[c, R_NEXT] = NOTHING
            count += 1
        else:
            routes[c, R_NEXT] = first[key]
        first[key] = c
    return keys, first, slots


@compiled
def next_layer(
    layer: Ints, routes: Ints, keys: Ints, first: Small, slots: Small, idle: int, limits: Ints,
    settled: int, covered: int, to_come: int, left_excess: Ints, left_cost: Ints,
    share: Ints, cheapest: Ints, stop: Ints, most_states: int,
) -> tuple[Ints, bool]:  # fmt: skip
    """Extend every state by no route and by every route of the day that fits; returns (states, saw all).

    `idle` is the excess of a day without visits; `limits` holds the budget for excess, the most work and
    days, and the work and days up to which later days keep all their choices, so that less of them is no
    better; then the most work that later days can take, and the most that a plan may cost.
    `settled` are the visits that no later day can make, `covered` those that this day can, `to_come` the most
    visits that later days can make. `left_excess` and `left_cost` are due for each visit left out;
    `share[v]` is the least work that v takes in any route, `cheapest` the visits by cost and by share.
    Of states that settle the same visits only those are kept that no other beats in cost, work and days.
    """
    budget = limits[0]
    found, following = np.empty((1024, FIELDS), dtype=np.int64), np.empty(1024, dtype=np.int32)
    alive = np.empty(1024, dtype=np.bool_)
    masks, head = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int32)
    n_found, n_masks, table, complete = 0, 0, empty_table(0), True
    for s in range(layer.shape[0]):
        if stop[0] != 0 or n_found > most_states:
            complete = False
            break
        here, spare = layer[s, MASK], budget - layer[s, EXCESS]
        dear = _too_dear(left_excess, spare) & ~here
        must, free = dear & settled, covered & ~here & ~settled
        if must & ~covered != 0:
            continue
        free |= covered & ~here & settled & ~must
        within = np.searchsorted(routes[:, R_EXCESS], spare, side="right")
        by_set = bit_count(free) < 30 and LOOK_UP << bit_count(free) < within
        # Either every route in turn, or every set of visits that are still to be settled.
        c, subset = 0, free
        while True:
            route = NOTHING
            if by_set:
                if subset < 0:
                    break
                wanted = subset | must
                subset = NOTHING if subset == 0 else (subset - 1) & free
                if wanted != 0:
                    key = slots[slot_of(slots, keys, wanted)]
                    if key < 0:
                        continue
                    route = first[key]
            else:
                if c > within:
                    break
                if c < within:
                    route = c
                    if routes[c, R_MASK] & here != 0 or must & ~routes[c, R_MASK] != 0:
                        c += 1
                        continue
                elif must != 0:
                    break
                c += 1
            while True:
                mask, excess, cost = here, layer[s, EXCESS] + idle, layer[s, COST]
                work, days = layer[s, WORK], layer[s, DAYS]
                taken = route
                if route >= 0:
                    mask, excess = here | routes[route, R_MASK], layer[s, EXCESS] + routes[route, R_EXCESS]
                    cost, work, days = cost + routes[route, R_COST], work + routes[route, R_WORK], days + 1
                    route = routes[route, R_NEXT] if by_set else NOTHING
                missing = settled & ~mask
                while missing:
                    v = bit_count((missing & -missing) - 1)
                    excess, cost = excess + left_excess[v], cost + left_cost[v]
                    missing &= missing - 1
                mask |= settled
                fits = excess <= budget and work <= limits[1] and days <= limits[2]
                if fits and bit_count(_too_dear(left_excess, budget - excess) & ~mask) <= to_come:
                    room = min(limits[1] - work, limits[5])
                    fits = cost + least_left_out(~mask, room, share, left_cost, cheapest) <= limits[6]
                else:
                    fits = False
                if fits:
                    work, days = max(work, limits[3]), max(days, limits[4])
                    slot = slot_of(table, masks, mask)
                    key = table[slot]
                    if key < 0:
                        if n_masks == masks.shape[0]:
                            masks, head = _doubled(masks), _doubled(head)
                        key = n_masks
                        masks[key], head[key], table[slot] = mask, NOTHING, key
                        n_masks += 1
                        if 2 * n_masks > table.shape[0]:
                            table = rehashed(masks, n_masks)
                    if not _beaten(found, following, alive, head, key, cost, work, days):
                        if n_found == found.shape[0]:
                            larger = np.empty((2 * n_found, FIELDS), dtype=np.int64)
                            larger[:n_found] = found
                            found, following, alive = larger, _doubled(following), _doubled(alive)
                        found[n_found, MASK], found[n_found, EXCESS], found[n_found, COST] = (
                            mask,
                            excess,
                            cost,
                        )
                        found[n_found, WORK], found[n_found, DAYS] = work, days
                        found[n_found, BEFORE], found[n_found, ROUTE] = s, taken
                        following[n_found], head[key], alive[n_found] = head[key], n_found, True
                        n_found += 1
                if route < 0:
                    break
    return found[:n_found][alive[:n_found]], complete


@compiled
def _too_dear(left_excess: Ints, spare: int) -> int:
    """Return the visits, as bits, that cannot be left out within what is spare of the budget."""
    dear = 0
    for v in range(left_excess.shape[0]):
        if left_excess[v] > spare:
            dear |= 1 << v
    return dear


@compiled
def least_left_out(rest: int, room: int, share: Ints, left_cost: Ints, cheapest: Ints) -> int:
    """Return a bound on what is due for the visits of `rest` that must be left out so that the others fit.

    Rows of `cheapest` are visits by cost for each minute, by cost, and by share (largest first). As many must
    go as it takes with the largest shares, so at least the cheapest that many; and no less than a fraction
    of a visit could save.
    """
    need = -room
    for v in range(share.shape[0]):
        if (rest >> v) & 1:
            need += share[v]
    if need <= 0:
        return 0
    fraction, few, left, gone = 0, 0, need, 0
    for v in cheapest[2]:
        if left > 0 and (rest >> v) & 1:
            left -= share[v]
            gone += 1
    for v in cheapest[1]:
        if gone > 0 and (rest >> v) & 1:
            few += left_cost[v]
            gone -= 1
    for v in cheapest[0]:
        if need > 0 and (rest >> v) & 1 and share[v] > 0:
            fraction += left_cost[v] if share[v] <= need else left_cost[v] * need // share[v]
            need -= share[v]
    return max(few, fraction)


@compiled
def _beaten(
    found: Ints,
    following: Small,
    alive: NDArray[np.bool_],
    head: Small,
    key: int,
    cost: int,
    work: int,
    days: int,
) -> bool:
    """Say whether a state of the same visits is as good; unlink and bury those that are no better."""
    other, before = head[key], NOTHING
    while other >= 0:
        if found[other, COST] <= cost and found[other, WORK] <= work and found[other, DAYS] <= days:
            return True
        if cost <= found[other, COST] and work <= found[other, WORK] and days <= found[other, DAYS]:
            alive[other] = False
            if before < 0:
                head[key] = following[other]
            else:
                following[before] = following[other]
        else:
            before = other
        other = following[other]
    return False


@compiled
def _doubled(array: NDArray[Any]) -> NDArray[Any]:
    larger = np.empty(2 * array.shape[0], dtype=array.dtype)
    larger[: array.shape[0]] = array
    return larger
