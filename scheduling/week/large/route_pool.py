"""The day routes that a search has found, for choosing among all of them later (numba).

Each set of visits is stored once per kind of day, with its cheapest route. A full pool takes no new sets.
"""

from typing import NamedTuple

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.large.arrays import WeekArrays, WeekState

WORD = 63
"""Visits per word of a set."""


class RoutePool(NamedTuple):
    """Rows of routes: set of visits in `words`, then kind, cost, added work, number of stops, stops.

    `table` finds a row by its set, `used[0]` is the number of rows in use.
    """

    words: Ints
    kind: Ints
    cost: Ints
    work_min: Ints
    size: Ints
    stops: Ints
    key: Ints
    table: Ints
    used: Ints


def empty_pool(n: int, most: int, longest: int) -> RoutePool:
    """Return a pool of at most `most` routes, each with at most `longest` of n visits."""

    def zeros(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    slots = 1 << (2 * most).bit_length()
    table = np.full(slots, -1, dtype=np.int64)
    rows = (zeros(most), zeros(most), zeros(most), zeros(most), zeros(most, longest), zeros(most))
    return RoutePool(zeros(most, -(-n // WORD)), *rows, table, zeros(1))


@compiled
def _key(kind: int, route: Ints, size: int) -> int:
    """Return a hash of a set of visits, independent of their order."""
    key = (kind + 1) * np.int64(-7046029254386353131)
    for p in range(size):
        x = (route[p] + 1) * np.int64(-4417276706812531889)
        x ^= (x >> 29) & 0x7FFFFFFFF
        x *= np.int64(-4658895280553007687)
        x ^= (x >> 32) & 0xFFFFFFFF
        key += x
    return int(key)


@compiled
def _slot(pool: RoutePool, key: int) -> int:
    slots = pool.table.shape[0] - 1
    slot = (key >> 20) & slots
    while pool.table[slot] != -1 and (pool.table[slot] < 0 or pool.key[pool.table[slot]] != key):
        slot = (slot + 1) & slots
    return int(slot)


@compiled
def remember(w: WeekArrays, pool: RoutePool, s: WeekState, i: int) -> None:
    """Add a day's route to the pool unless it holds one with the same visits at no higher cost."""
    size = s.length[i]
    if size == 0 or size > pool.stops.shape[1]:
        return
    key = _key(w.kind[i], s.route[i], size)
    slot = _slot(pool, key)
    row = pool.table[slot]
    if row >= 0 and pool.cost[row] <= s.cost[i]:
        return
    if row < 0:
        if pool.used[0] >= pool.kind.shape[0]:
            return
        row = pool.used[0]
        pool.used[0] += 1
        pool.table[slot] = row
    pool.key[row], pool.kind[row] = key, w.kind[i]
    pool.cost[row], pool.work_min[row], pool.size[row] = s.cost[i], s.work_min[i], size
    pool.words[row] = 0
    for p in range(size):
        v = s.route[i, p]
        pool.stops[row, p] = v
        pool.words[row, v // WORD] |= 1 << (v % WORD)
