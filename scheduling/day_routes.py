"""Every useful route of one day: a forward dynamic programme over (set of visits, last visit) (numba).

Sets are bit masks. A set of k visits is reached from every one of its subsets of k − 1 visits, so all
labels of (set, last) come from one subset and can be compared at once. No set is left out because a subset
fails and nothing is pruned on the direct way home, since the triangle inequality need not hold.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.compiled import Ints, compiled
from scheduling.day_arrays import DayArrays
from scheduling.labels import (
    BREAK_MIN,
    BREAKS,
    BUFFER,
    COST,
    END,
    FIELDS,
    FROM,
    GROW,
    MAX_STRETCH,
    PARENT,
    START,
    STRETCH_FROM,
    TIME,
    close_label,
    extend_label,
)
from scheduling.mask_table import empty_table, entered, slot_of, taller

MOST_LABELS = 8_000_000
"""About 700 MB while they are listed; a day that needs more is too large to list."""
NOTHING = -1
LAST = FIELDS
"""The column of a kept label that holds its last visit."""
NEXT, BEGIN, STOP = 0, 1, 2
"""Columns of a block: the labels of one set with one last visit, and the set's next block."""


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
    complete, steps, columns, labels = _list_day(
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
        parent=labels[:, PARENT].astype(np.int32),
        last=labels[:, LAST].astype(np.int8),
        complete=bool(complete),
        steps=int(steps),
    )


@compiled
def _list_day(
    rules: Ints, totals: Ints, leg_min: Ints, home_min: Ints, duration_min: Ints,
    first: Ints, opens: Ints, closes: Ints, prices: Ints,
    conflicts: Ints, exact_work: bool, stop: Ints, most_steps: int, most_labels: int,
) -> tuple[bool, int, Ints, Ints]:  # fmt: skip
    """Return (whether all is listed, steps, routes, labels); sets are taken in the order of their size."""
    n = duration_min.shape[0]
    latest = _latest_leaving(rules[END], leg_min, home_min, duration_min, first, opens, closes)
    buffer = np.empty((BUFFER, FIELDS), dtype=np.int64)
    masks, head = np.zeros(1024, dtype=np.int64), np.full(1024, NOTHING, dtype=np.int64)
    n_sets, table = 1, empty_table(1)
    table[slot_of(table, masks, 0)] = 0
    blocks, n_blocks = np.empty((1024, 3), dtype=np.int64), 0
    labels, n_labels = np.empty((4096, FIELDS + 1), dtype=np.int64), 0
    routes, n_routes = np.empty((1024, 5), dtype=np.int64), 0
    steps, s = 0, 0
    if rules[START] - rules[STRETCH_FROM] > rules[MAX_STRETCH]:
        # A running day whose stretch is too long already: nothing more may be done in it.
        return True, steps, routes[:0], labels[:0]
    while s < n_sets and stop[0] == 0 and steps <= most_steps and n_labels <= most_labels:
        n_routes, routes = _close_set(
            rules, totals, leg_min[:, n + 1], labels, blocks, head[s], masks[s], exact_work, routes, n_routes
        )
        for j in range(n):
            a, b = first[j], first[j + 1]
            if masks[s] & conflicts[j] != 0 or a == b:
                continue
            if s and not _any_in_time(latest, j, labels, blocks, head[s]):
                steps += 1
                continue
            count, tried = _reach(
                rules, leg_min, home_min[j], duration_min[j], opens[a:b], closes[a:b], prices[a:b],
                latest, j, labels, blocks, head[s], s == 0, buffer,
            )  # fmt: skip
            steps += tried
            if count == 0:
                continue
            t, table, masks, head, n_sets = entered(table, masks, head, n_sets, masks[s] | (1 << j))
            blocks, labels = taller(blocks, n_blocks + 1), taller(labels, n_labels + count)
            blocks[n_blocks, NEXT], head[t] = head[t], n_blocks
            blocks[n_blocks, BEGIN], blocks[n_blocks, STOP] = n_labels, n_labels + count
            labels[n_labels : n_labels + count, :FIELDS] = buffer[:count]
            labels[n_labels : n_labels + count, LAST] = j
            n_blocks, n_labels = n_blocks + 1, n_labels + count
        s += 1
    return s == n_sets, steps, routes[:n_routes], labels[:n_labels]


@compiled
def _latest_leaving(
    end: int, leg_min: Ints, home_min: Ints, duration_min: Ints, first: Ints, opens: Ints, closes: Ints
) -> Ints:
    """Return for each (next, last) the latest end of the last service from which the next can follow."""
    n = duration_min.shape[0]
    latest = np.full((n, n), -1, dtype=np.int64)
    for j in range(n):
        for k in range(first[j], first[j + 1]):
            until = min(closes[k], end - duration_min[j] - home_min[j])
            if until >= opens[k]:
                for i in range(n):
                    latest[j, i] = max(latest[j, i], until - leg_min[i, j])
    return latest


@compiled
def _any_in_time(latest: Ints, j: int, labels: Ints, blocks: Ints, block: int) -> bool:
    """Say whether visit j can follow any label of a set, breaks aside: they only make it later."""
    while block >= 0:
        for k in range(blocks[block, BEGIN], blocks[block, STOP]):
            if labels[k, TIME] <= latest[j, labels[k, LAST]]:
                return True
        block = blocks[block, NEXT]
    return False


@compiled
def _reach(
    rules: Ints, leg_min: Ints, home: int, duration: int, opens: Ints, closes: Ints, prices: Ints,
    latest: Ints, j: int, labels: Ints, blocks: Ints, block: int, at_start: bool, buffer: Ints,
) -> tuple[int, int]:  # fmt: skip
    """Fill the buffer with the labels that reach visit j from a set; returns (how many, extensions tried)."""
    count, tried = 0, 0
    if at_start:
        count = extend_label(
            rules, leg_min[leg_min.shape[0] - 1, j], home, duration, opens, closes, prices,
            0, rules[START], rules[STRETCH_FROM], rules[BREAK_MIN], 0, NOTHING, buffer, count,
        )  # fmt: skip
        tried += 1
    while block >= 0:
        for k in range(blocks[block, BEGIN], blocks[block, STOP]):
            tried += 1
            if labels[k, TIME] > latest[j, labels[k, LAST]]:
                continue
            count = extend_label(
                rules, leg_min[labels[k, LAST], j], home, duration, opens, closes, prices,
                labels[k, COST], labels[k, TIME], labels[k, FROM], labels[k, BREAKS], labels[k, GROW], k,
                buffer, count,
            )  # fmt: skip
        block = blocks[block, NEXT]
    return count, tried


@compiled
def _close_set(
    rules: Ints, totals: Ints, leg_home: Ints, labels: Ints, blocks: Ints, block: int, mask: int,
    exact_work: bool, routes: Ints, n_routes: int,
) -> tuple[int, Ints]:  # fmt: skip
    """Drive home from every label of a set and keep its best routes; returns (number of routes, routes)."""
    closing = np.empty((2, 3), dtype=np.int64)
    begin = n_routes
    while block >= 0:
        for k in range(blocks[block, BEGIN], blocks[block, STOP]):
            found = close_label(
                rules, totals, leg_home[labels[k, LAST]], labels[k, COST], labels[k, TIME],
                labels[k, FROM], labels[k, BREAKS], labels[k, GROW], closing,
            )  # fmt: skip
            routes = taller(routes, n_routes + found)
            for f in range(found):
                n_routes = _keep_route(routes, begin, n_routes, mask, closing[f], k, exact_work)
        block = blocks[block, NEXT]
    return n_routes, routes


@compiled
def _keep_route(
    routes: Ints, begin: int, count: int, mask: int, closed: Ints, label: int, exact_work: bool
) -> int:
    """Add a route of the set whose rows start at `begin`, unless one is as good; returns the new count.

    `closed` is (cost, work, back). Of routes alike in cost (and work, where it counts) the first back stays.
    """
    cost, work, back = closed[0], closed[1] if exact_work else 0, closed[2]
    kept = begin
    for k in range(begin, count):
        other = routes[k, 2] if exact_work else 0
        if routes[k, 1] <= cost and other <= work:
            if routes[k, 1] < cost or other < work or routes[k, 4] <= back:
                return count
        elif not (cost <= routes[k, 1] and work <= other):
            routes[kept] = routes[k]
            kept += 1
    routes[kept, 0], routes[kept, 1], routes[kept, 2] = mask, cost, closed[1]
    routes[kept, 3], routes[kept, 4] = label, back
    return kept + 1
