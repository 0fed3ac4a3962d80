"""Every useful route of one day: a forward dynamic programme over (set of visits, last visit) (numba).

Sets are bit masks. A set of k visits is reached from every one of its subsets of k − 1 visits, so all
labels of (set, last) come from one subset and can be compared at once. No set is left out because a subset
fails and nothing is pruned on the direct way home, since the triangle inequality need not hold.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduling.compiled import Ints, Small, compiled
from scheduling.day_arrays import DayArrays
from scheduling.labels import (
    BREAK_MIN,
    BREAKS,
    BUFFER,
    COST,
    FIELDS,
    FROM,
    GROW,
    PARENT,
    START,
    STRETCH_FROM,
    TIME,
    close_label,
    extend_label,
)

MOST_LABELS = 12_000_000
"""About 500 MB; a day that needs more is too large to list."""


@dataclass(frozen=True)
class DayRoutes:
    """The routes of one kind of day, one row a route; a set has several where more cost buys less work.

    `mask` the visits as bits, `cost` travel and broken promises, `work_min` the least work at that cost
    (meaningful where the day has `exact_work`), `order` the position in the listing of the label that ends
    the route (for `visits_in_order`). `complete` is False where the listing was cut short; `steps` counts
    the extensions tried.
    """

    kind: DayArrays
    mask: Ints
    cost: Ints
    work_min: Ints
    order: Ints
    parent: NDArray[np.int32]
    last: NDArray[np.int8]
    complete: bool
    steps: int

    def visits_in_order(self, route: int) -> list[int]:
        """Return the visits of a route in the order in which they are made."""
        visits, label = [], int(self.order[route])
        while label >= 0:
            visits.append(int(self.last[label]))
            label = int(self.parent[label])
        return visits[::-1]


def list_day(
    kind: DayArrays,
    conflicts: Ints,
    stop: Ints,
    most_steps: int,
) -> DayRoutes:
    """List the routes of a kind of day, cheapest per set (and per work, where work counts).

    `conflicts[v]` are the visits, as bits, that may not share a day with v (v itself included). `stop[0]`
    not 0, `most_steps` or the memory cut the listing short.
    """
    complete, steps, columns, parent, last = _list_day(
        kind.rules, kind.totals, kind.leg_min, kind.home_min, kind.duration_min,
        kind.first, kind.opens, kind.closes, kind.prices,
        conflicts, kind.exact_work, stop, most_steps, MOST_LABELS,
    )  # fmt: skip
    return DayRoutes(
        kind=kind,
        mask=columns[:, 0].copy(),
        cost=columns[:, 1].copy(),
        work_min=columns[:, 2].copy(),
        order=columns[:, 3].copy(),
        parent=parent,
        last=last,
        complete=bool(complete),
        steps=int(steps),
    )


@compiled
def _grown(array: NDArray[Any], needed: int) -> NDArray[Any]:
    """Return the array, or a copy of at least twice its rows when `needed` rows do not fit."""
    if needed <= array.shape[0]:
        return array
    larger = np.empty(max(needed, 2 * array.shape[0]), dtype=array.dtype)
    larger[: array.shape[0]] = array
    return larger


@compiled
def slot_of(table: Small, keys: Ints, key: int) -> int:
    """Return the slot of a key in an open-addressing table of positions in `keys`, or the gap for it."""
    slots = table.shape[0] - 1
    # Fibonacci hashing spreads masks that differ in one bit.
    slot: int = ((key * np.int64(-7046029254386353131)) >> np.int64(20)) & slots
    while table[slot] >= 0 and keys[table[slot]] != key:
        slot = (slot + 1) & slots
    return slot


@compiled
def empty_table(count: int) -> Small:
    """Return a table for `slot_of` with room for `count` keys."""
    size = 1024
    while size < 2 * count:
        size *= 2
    return np.full(size, -1, dtype=np.int32)


@compiled
def rehashed(keys: Ints, count: int) -> Small:
    """Return a table of the first `count` keys for `slot_of`, with room for as many again."""
    table = empty_table(2 * count)
    for k in range(count):
        table[slot_of(table, keys, keys[k])] = k
    return table


@compiled
def _keep_column(
    columns: Ints, begin: int, count: int, mask: int, cost: int, work: int, label: int, exact_work: bool
) -> int:
    """Add a route of the set whose rows start at `begin`, unless one is as good; returns the new count."""
    for k in range(begin, count):
        if columns[k, 1] <= cost and (not exact_work or columns[k, 2] <= work):
            return count
    kept = begin
    for k in range(begin, count):
        if not (cost <= columns[k, 1] and (not exact_work or work <= columns[k, 2])):
            columns[kept] = columns[k]
            kept += 1
    columns[kept, 0], columns[kept, 1], columns[kept, 2], columns[kept, 3] = mask, cost, work, label
    return kept + 1


@compiled
def _list_day(
    rules: Ints, totals: Ints, leg_min: Ints, home_min: Ints, duration_min: Ints,
    first: Ints, opens: Ints, closes: Ints, prices: Ints,
    conflicts: Ints, exact_work: bool, stop: Ints, most_steps: int, most_labels: int,
) -> tuple[bool, int, Ints, Small, NDArray[np.int8]]:  # fmt: skip
    n = duration_min.shape[0]
    buffer = np.empty((BUFFER, FIELDS), dtype=np.int64)
    closing = np.empty((2, 3), dtype=np.int64)
    # Sets: the mask, and the first block of labels of a linked list (one block for each last visit).
    masks = np.empty(1024, dtype=np.int64)
    head = np.empty(1024, dtype=np.int32)
    masks[0], head[0] = 0, -1
    n_sets, table = 1, rehashed(masks, 1)
    block_next = np.empty(1024, dtype=np.int32)
    block_begin = np.empty(1024, dtype=np.int32)
    block_end = np.empty(1024, dtype=np.int32)
    n_blocks = 0
    # Labels, in blocks.
    cost = np.empty(4096, dtype=np.int64)
    time = np.empty(4096, dtype=np.int32)
    begun = np.empty(4096, dtype=np.int32)
    taken = np.empty(4096, dtype=np.int32)
    grow = np.empty(4096, dtype=np.int64)
    parent = np.empty(4096, dtype=np.int32)
    last = np.empty(4096, dtype=np.int8)
    n_labels = 0
    columns = np.empty((1024, 4), dtype=np.int64)
    n_columns = 0
    steps, complete = 0, True
    s = 0
    while s < n_sets:
        if stop[0] != 0 or steps > most_steps or n_labels > most_labels:
            complete = False
            break
        mask = masks[s]
        # Close: the cheapest way home from every label of the set.
        begin = n_columns
        block = head[s]
        while block >= 0:
            for k in range(block_begin[block], block_end[block]):
                found = close_label(
                    rules, totals, leg_min[last[k], n + 1],
                    cost[k], time[k], begun[k], taken[k], grow[k], closing,
                )  # fmt: skip
                if n_columns + 2 > columns.shape[0]:
                    larger = np.empty((2 * columns.shape[0], 4), dtype=np.int64)
                    larger[:n_columns] = columns[:n_columns]
                    columns = larger
                for f in range(found):
                    n_columns = _keep_column(
                        columns, begin, n_columns, mask, closing[f, 0], closing[f, 1], k, exact_work
                    )
            block = block_next[block]
        # Extend: by every visit that may share the day with all of the set.
        for j in range(n):
            if mask & conflicts[j] != 0 or first[j] == first[j + 1]:
                continue
            a, b = first[j], first[j + 1]
            count = 0
            if s == 0:
                count = extend_label(
                    rules, leg_min[n, j], home_min[j], duration_min[j], opens[a:b], closes[a:b], prices[a:b],
                    0, rules[START], rules[STRETCH_FROM], rules[BREAK_MIN], 0, -1, buffer, count,
                )  # fmt: skip
                steps += 1
            block = head[s]
            while block >= 0:
                for k in range(block_begin[block], block_end[block]):
                    count = extend_label(
                        rules, leg_min[last[k], j], home_min[j], duration_min[j], opens[a:b], closes[a:b],
                        prices[a:b], cost[k], time[k], begun[k], taken[k], grow[k], k, buffer, count,
                    )  # fmt: skip
                    steps += 1
                block = block_next[block]
            if count == 0:
                continue
            grown = mask | (np.int64(1) << j)
            slot = slot_of(table, masks, grown)
            if table[slot] < 0:
                masks, head = _grown(masks, n_sets + 1), _grown(head, n_sets + 1)
                masks[n_sets], head[n_sets] = grown, -1
                table[slot] = n_sets
                n_sets += 1
                if 2 * n_sets > table.shape[0]:
                    table = rehashed(masks, n_sets)
                    slot = slot_of(table, masks, grown)
            t = table[slot]
            block_next = _grown(block_next, n_blocks + 1)
            block_begin = _grown(block_begin, n_blocks + 1)
            block_end = _grown(block_end, n_blocks + 1)
            block_next[n_blocks], head[t] = head[t], n_blocks
            block_begin[n_blocks], block_end[n_blocks] = n_labels, n_labels + count
            n_blocks += 1
            cost, time = _grown(cost, n_labels + count), _grown(time, n_labels + count)
            begun, taken = _grown(begun, n_labels + count), _grown(taken, n_labels + count)
            grow, parent = _grown(grow, n_labels + count), _grown(parent, n_labels + count)
            last = _grown(last, n_labels + count)
            for k in range(count):
                cost[n_labels + k], time[n_labels + k] = buffer[k, COST], buffer[k, TIME]
                begun[n_labels + k], taken[n_labels + k] = buffer[k, FROM], buffer[k, BREAKS]
                grow[n_labels + k], parent[n_labels + k] = buffer[k, GROW], buffer[k, PARENT]
                last[n_labels + k] = j
            n_labels += count
        s += 1
    return complete, steps, columns[:n_columns], parent[:n_labels], last[:n_labels]
