"""Every useful route of one day: a forward dynamic programme over (set of visits, last visit) (numba).

Sets are bit masks. A set of k visits is reached from every one of its subsets of k − 1 visits, so all
labels of (set, last) come from one subset and can be compared at once. No set is left out because a subset
fails and nothing is pruned on the direct way home, since the triangle inequality need not hold.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.compiled import Ints, compiled, compiled_leaf
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
    LAST,
    MAX_STRETCH,
    PARENT,
    PLAIN_FIELDS,
    START,
    STRETCH_FROM,
    TIME,
    breaks_cannot_matter,
    close_label,
    close_plain,
    extend_label,
    extend_plain,
)
from scheduling.mask_table import empty_table, longer, roomy, slot_of, taller

MOST_LABELS = 8_000_000
"""About 500 MB while they are listed; a day that needs more is too large to list."""
NOTHING = -1
NEXT, BEGIN, STOP, ENDING, EARLIEST = 0, 1, 2, 3, 4
"""Columns of a block: the set's next block, its labels, their one last visit, and the least of their times."""
R_MASK, R_COST, R_WORK, R_LABEL, R_BACK = 0, 1, 2, 3, 4
"""Columns of a route while routes are listed."""


@dataclass(frozen=True)
class DayRoutes:
    """The routes of one kind of day, one row a route; a set has several where more cost buys less work.

    `mask` the visits as bits, `cost` travel and broken promises, `work_min` the least work at that cost
    (meaningful where the day has `exact_work`), `order` the position in the listing of the label that ends
    the route (for `visits_in_order`), `back` its earliest return. `complete` is False where the listing was
    cut short; `steps` counts the extensions tried.
    """

    kind: DayArrays
    mask: Ints
    cost: Ints
    work_min: Ints
    order: Ints
    back: Ints
    labels: Ints
    complete: bool
    steps: int

    def visits_in_order(self, route: int) -> list[int]:
        """Return the visits of a route in the order in which they are made."""
        visits, label = [], int(self.order[route])
        while label >= 0:
            visits.append(int(self.labels[label, LAST]))
            label = int(self.labels[label, PARENT])
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
        mask=columns[R_MASK],
        cost=columns[R_COST],
        work_min=columns[R_WORK],
        order=columns[R_LABEL],
        back=columns[R_BACK],
        labels=labels,
        complete=bool(complete),
        steps=int(steps),
    )


@compiled
def _list_day(
    rules: Ints, totals: Ints, leg_min: Ints, home_min: Ints, duration_min: Ints,
    first: Ints, opens: Ints, closes: Ints, prices: Ints,
    conflicts: Ints, exact_work: bool, stop: Ints, most_steps: int, most_labels: int,
) -> tuple[bool, int, Ints, Ints]:  # fmt: skip
    """Return (whether all is listed, steps, routes as columns, labels); sets are taken by size.

    Arrays are grown once for each set and handed on whole: views and new tuples cost more than what is done
    with them.
    """
    n = duration_min.shape[0]
    plain = breaks_cannot_matter(rules, totals, exact_work)
    latest = _latest_leaving(rules[END], leg_min, home_min, duration_min, first, opens, closes)
    buffer, closing = np.empty((BUFFER, FIELDS), dtype=np.int64), np.empty((2, 3), dtype=np.int64)
    masks, head = np.zeros(1024, dtype=np.int64), np.full(1024, NOTHING, dtype=np.int64)
    n_sets, table = 1, empty_table(1)
    table[slot_of(table, masks, 0)] = 0
    blocks, n_blocks = np.empty((1024, 5), dtype=np.int64), 0
    labels, n_labels = np.empty((4096, PLAIN_FIELDS if plain else FIELDS), dtype=np.int64), 0
    routes, n_routes = np.empty((1024, 5), dtype=np.int64), 0
    steps, s = 0, 0
    if rules[START] - rules[STRETCH_FROM] > rules[MAX_STRETCH]:
        # A running day whose stretch is too long already: nothing more may be done in it.
        return True, steps, routes[:0].T.copy(), labels[:0]
    while s < n_sets and stop[0] == 0 and steps <= most_steps and n_labels <= most_labels:
        if n_sets + n > masks.shape[0]:
            masks, head = longer(masks, n_sets + n), longer(head, n_sets + n)
        if 2 * (n_sets + n) > table.shape[0]:
            table = roomy(table, masks, n_sets, n_sets + n)
        if n_blocks + n > blocks.shape[0]:
            blocks = taller(blocks, n_blocks + n)
        mask, block = masks[s], head[s]
        begin = n_routes
        while block >= 0:
            count = blocks[block, STOP] - blocks[block, BEGIN]
            if n_routes + 2 * count > routes.shape[0]:
                routes = taller(routes, n_routes + 2 * count)
            leg = leg_min[blocks[block, ENDING], n + 1]
            for k in range(blocks[block, BEGIN], blocks[block, STOP]):
                if plain:
                    found = close_plain(rules, leg, labels[k, COST], labels[k, TIME], closing)
                else:
                    found = close_label(
                        rules, totals, leg, labels[k, COST], labels[k, TIME],
                        labels[k, FROM], labels[k, BREAKS], labels[k, GROW], closing,
                    )  # fmt: skip
                for f in range(found):
                    n_routes = _keep_route(
                        routes, begin, n_routes, mask, closing[f, 0], closing[f, 1], closing[f, 2], k, exact_work
                    )
            block = blocks[block, NEXT]
        for j in range(n):
            if mask & conflicts[j] != 0 or first[j] == first[j + 1]:
                continue
            if plain:
                count = _reach_plain(
                    rules, leg_min, home_min, duration_min, first, opens, closes, prices,
                    latest, j, labels, blocks, head[s], s == 0, buffer,
                )  # fmt: skip
            else:
                count = _reach(
                    rules, leg_min, home_min, duration_min, first, opens, closes, prices,
                    latest, j, labels, blocks, head[s], s == 0, buffer,
                )  # fmt: skip
            steps += 1 + count
            if count == 0:
                continue
            if n_labels + count > labels.shape[0]:
                labels = taller(labels, n_labels + count)
            slot = slot_of(table, masks, mask | (1 << j))
            if table[slot] < 0:
                masks[n_sets], head[n_sets], table[slot] = mask | (1 << j), NOTHING, n_sets
                n_sets += 1
            t = table[slot]
            blocks[n_blocks, NEXT], head[t] = head[t], n_blocks
            blocks[n_blocks, BEGIN], blocks[n_blocks, STOP] = n_labels, n_labels + count
            blocks[n_blocks, ENDING], blocks[n_blocks, EARLIEST] = j, buffer[0, TIME]
            for k in range(count):
                blocks[n_blocks, EARLIEST] = min(blocks[n_blocks, EARLIEST], buffer[k, TIME])
                for f in range(labels.shape[1]):
                    labels[n_labels, f] = buffer[k, f]
                labels[n_labels, LAST] = j
                n_labels += 1
            n_blocks += 1
        s += 1
    return s == n_sets, steps, routes[:n_routes].T.copy(), labels[:n_labels]


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


@compiled_leaf
def _reach_plain(
    rules: Ints, leg_min: Ints, home_min: Ints, duration_min: Ints,
    first: Ints, opens: Ints, closes: Ints, prices: Ints,
    latest: Ints, j: int, labels: Ints, blocks: Ints, block: int, at_start: bool, buffer: Ints,
) -> int:  # fmt: skip
    """As `_reach`, where breaks cannot matter."""
    a, b, end, home, duration = first[j], first[j + 1], rules[END], home_min[j], duration_min[j]
    if at_start:
        leg = leg_min[leg_min.shape[0] - 1, j]
        return extend_plain(end, leg, home, duration, opens, closes, prices, a, b, 0, rules[START], NOTHING, buffer, 0)
    count = 0
    while block >= 0:
        last = blocks[block, ENDING]
        until = latest[j, last]
        if blocks[block, EARLIEST] <= until:
            leg = leg_min[last, j]
            for k in range(blocks[block, BEGIN], blocks[block, STOP]):
                if labels[k, TIME] <= until:
                    count = extend_plain(
                        end, leg, home, duration, opens, closes, prices, a, b,
                        labels[k, COST], labels[k, TIME], k, buffer, count,
                    )  # fmt: skip
        block = blocks[block, NEXT]
    return count


@compiled_leaf
def _reach(
    rules: Ints, leg_min: Ints, home_min: Ints, duration_min: Ints,
    first: Ints, opens: Ints, closes: Ints, prices: Ints,
    latest: Ints, j: int, labels: Ints, blocks: Ints, block: int, at_start: bool, buffer: Ints,
) -> int:  # fmt: skip
    """Fill the buffer with the labels that reach visit j from a set; returns how many."""
    a, b, home, duration = first[j], first[j + 1], home_min[j], duration_min[j]
    if at_start:
        return extend_label(
            rules, leg_min[leg_min.shape[0] - 1, j], home, duration, opens, closes, prices, a, b,
            0, rules[START], rules[STRETCH_FROM], rules[BREAK_MIN], 0, NOTHING, buffer, 0,
        )  # fmt: skip
    count = 0
    while block >= 0:
        last = blocks[block, ENDING]
        until = latest[j, last]
        if blocks[block, EARLIEST] <= until:
            leg = leg_min[last, j]
            for k in range(blocks[block, BEGIN], blocks[block, STOP]):
                if labels[k, TIME] <= until:
                    count = extend_label(
                        rules, leg, home, duration, opens, closes, prices, a, b,
                        labels[k, COST], labels[k, TIME], labels[k, FROM], labels[k, BREAKS], labels[k, GROW], k,
                        buffer, count,
                    )  # fmt: skip
        block = blocks[block, NEXT]
    return count


@compiled_leaf
def _keep_route(
    routes: Ints, begin: int, count: int, mask: int, cost: int, work: int, back: int, label: int, exact_work: bool
) -> int:
    """Add a route of the set whose rows start at `begin`, unless one is as good; returns the new count.

    Of routes alike in cost (and work, where it counts) the first back stays.
    """
    counted = work if exact_work else 0
    kept = begin
    for k in range(begin, count):
        other = routes[k, R_WORK] if exact_work else 0
        if routes[k, R_COST] <= cost and other <= counted:
            if routes[k, R_COST] < cost or other < counted or routes[k, R_BACK] <= back:
                return count
        elif not (cost <= routes[k, R_COST] and counted <= other):
            if kept != k:
                for f in range(5):
                    routes[kept, f] = routes[k, f]
            kept += 1
    routes[kept, R_MASK], routes[kept, R_COST], routes[kept, R_WORK] = mask, cost, work
    routes[kept, R_LABEL], routes[kept, R_BACK] = label, back
    return kept + 1
