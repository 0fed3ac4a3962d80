"""The routes of all kinds of day in one list, and their reduced costs under given duals (numba)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints, Small, compiled, compiled_leaf
from scheduling.week.day.labels import WORK_MIN
from scheduling.week.day.mask_table import bit_count, empty_table, slot_of
from scheduling.week.day.routes import DayRoutes

R_MASK, R_EXCESS, R_COST, R_WORK, R_NEXT, R_LENGTH, R_BACK, R_FIELDS = 0, 1, 2, 3, 4, 5, 6, 7
"""Columns of a route, sorted by excess.

`R_NEXT` is the next route with the same visits, or NOTHING. The last two, work of the day and return, are
filled in only if they break ties.
"""
NOTHING = -1
CHUNK = 11
CHUNKS = 6
"""Bits of a mask are summed eleven at a time; six times eleven are more than it has."""


@dataclass(frozen=True)
class RouteList:
    """All routes, kind after kind: those of kind k are rows `first[k]:first[k + 1]`.

    `work_min` is the work beyond what a running day has behind it. `days[k]` is the number of days of kind k.
    """

    mask: Ints
    cost: Ints
    work_min: Ints
    first: Ints
    days: Ints

    @classmethod
    def of(cls, routes: tuple[DayRoutes, ...]) -> "RouteList":
        """Return the routes of all kinds in one list."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(
            mask=np.concatenate([nothing, *(r.mask for r in routes)]),
            cost=np.concatenate([nothing, *(r.cost for r in routes)]),
            work_min=np.concatenate([nothing, *(added_work(r) for r in routes)]),
            first=np.cumsum([0, *(len(r.mask) for r in routes)]).astype(np.int64),
            days=np.array([len(r.kind.days) for r in routes], dtype=np.int64),
        )


def added_work(routes: DayRoutes) -> Ints:
    """Return the work of each route beyond what its day has behind it."""
    added: Ints = routes.work_min - routes.kind.rules[WORK_MIN]
    return added


@compiled
def bit_tables(values: NDArray[Any]) -> NDArray[Any]:
    """Return the sum of values for every combination of eleven neighbouring bits."""
    n = values.shape[0]
    tables = np.zeros((CHUNKS, 1 << CHUNK), dtype=values.dtype)
    for t in range(CHUNKS):
        for b in range(CHUNK):
            if CHUNK * t + b < n:
                for low in range(1 << b):
                    tables[t, low | 1 << b] = tables[t, low] + values[CHUNK * t + b]
    return tables


@compiled_leaf
def sum_at(tables: NDArray[Any], mask: int) -> Any:
    """Return the sum of the values at the bits of a mask."""
    total, t = tables[0, mask & ((1 << CHUNK) - 1)], 1
    mask >>= CHUNK
    while mask:
        total += tables[t, mask & ((1 << CHUNK) - 1)]
        mask >>= CHUNK
        t += 1
    return total


@compiled
def sums_of_bits(masks: Ints, values: Ints) -> Ints:
    """Return for each mask the sum of the values at its bits."""
    tables = bit_tables(values)
    sums = np.zeros(masks.shape[0], dtype=np.int64)
    for k in range(masks.shape[0]):
        sums[k] = sum_at(tables, masks[k])
    return sums


@compiled
def reduced_costs(
    mask: Ints, cost: Ints, work_min: Ints, first: Ints, scale: int, visit: Ints, day: int, work: int
) -> tuple[Ints, Ints]:
    """Return the reduced cost of each route in units of 1/scale, and the minimum of each kind, at most 0."""
    tables = bit_tables(visit)
    reduced = np.empty(mask.shape[0], dtype=np.int64)
    least = np.zeros(first.shape[0] - 1, dtype=np.int64)
    for k in range(first.shape[0] - 1):
        for r in range(first[k], first[k + 1]):
            reduced[r] = cost[r] * scale + day + work * work_min[r] - sum_at(tables, mask[r])
            least[k] = min(least[k], reduced[r])
    return reduced, least


@compiled
def max_bits(masks: Ints) -> int:
    """Return the largest number of bits in any of the masks."""
    most = 0
    for k in range(masks.shape[0]):
        most = max(most, bit_count(masks[k]))
    return most


@compiled
def routes_within(
    mask: Ints, cost: Ints, work_min: Ints, reduced: Ints, least: int, budget: int
) -> tuple[Ints, Ints]:
    """Return (positions, rows for `next_layer`) of the routes within a budget above the least, by excess."""
    chosen = np.flatnonzero(reduced - least <= budget)
    chosen = chosen[np.argsort(reduced[chosen], kind="mergesort")]
    rows = np.zeros((chosen.shape[0], R_FIELDS), dtype=np.int64)
    for c in range(chosen.shape[0]):
        r = chosen[c]
        rows[c, R_MASK], rows[c, R_EXCESS] = mask[r], reduced[r] - least
        rows[c, R_COST], rows[c, R_WORK] = cost[r], work_min[r]
    return chosen, rows


@compiled
def route_index(routes: Ints) -> tuple[Ints, Small, Small]:
    """Link routes with the same visits; return (masks, the first route of each, a table for `slot_of`)."""
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
