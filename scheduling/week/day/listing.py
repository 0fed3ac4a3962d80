"""The kernel that lists the routes of one day, set by set (numba); see `scheduling.week.day.routes`."""

import numpy as np

from data.base.compiled import Ints, compiled, compiled_leaf
from scheduling.week.day.labels import (
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
    PLAIN_FIELDS,
    START,
    STRETCH_FROM,
    TIME,
    close_label,
    extend_label,
    ways_to_leave,
)
from scheduling.week.day.mask_table import empty_table, longer, roomy, slot_of, taller
from scheduling.week.day.plain_labels import breaks_cannot_matter, close_plain, extend_plain

NOTHING = -1
NEXT, BEGIN, STOP, ENDING, EARLIEST = 0, 1, 2, 3, 4
"""Columns of a block: the set's next block, the range of its labels, their last visit and earliest time."""
R_MASK, R_COST, R_WORK, R_LABEL, R_BACK = 0, 1, 2, 3, 4
"""Columns of a route."""


@compiled
def list_routes(
    rules: Ints, totals: Ints, leg_min: Ints, home_min: Ints, duration_min: Ints,
    first: Ints, opens: Ints, closes: Ints, prices: Ints,
    conflicts: Ints, exact_work: bool, stop: Ints, most_steps: int, most_labels: int,
) -> tuple[bool, int, Ints, Ints]:  # fmt: skip
    """Return (whether the list is complete, steps, routes as columns, labels); sets are processed by size.

    Arrays are grown once for each set and passed as a whole: views and new tuples cost more than the work on
    them.
    """
    n = duration_min.shape[0]
    plain = breaks_cannot_matter(rules, totals, exact_work)
    latest = _latest_leaving(rules[END], leg_min, home_min, duration_min, first, opens, closes)
    buffer, closing = (
        np.empty((BUFFER, FIELDS), dtype=np.int64),
        np.empty((ways_to_leave(rules), 3), dtype=np.int64),
    )
    masks, head = np.zeros(1024, dtype=np.int64), np.full(1024, NOTHING, dtype=np.int64)
    n_sets, table = 1, empty_table(1)
    table[slot_of(table, masks, 0)] = 0
    blocks, n_blocks = np.empty((1024, 5), dtype=np.int64), 0
    labels, n_labels = np.empty((4096, PLAIN_FIELDS if plain else FIELDS), dtype=np.int64), 0
    routes, n_routes = np.empty((1024, 5), dtype=np.int64), 0
    steps, s = 0, 0
    if rules[START] - rules[STRETCH_FROM] > rules[MAX_STRETCH]:
        # A running day whose stretch is already too long: nothing more may be done in it.
        return True, steps, routes[:0].T.copy(), labels[:0]
    while s < n_sets and stop[0] == 0 and steps <= most_steps and n_labels <= most_labels:
        masks, head = longer(masks, n_sets + n), longer(head, n_sets + n)
        table, blocks = roomy(table, masks, n_sets, n_sets + n), taller(blocks, n_blocks + n)
        routes = taller(routes, n_routes + closing.shape[0] * _labels_of(blocks, head[s]))
        n_routes = _close_set(
            rules, totals, leg_min, labels, blocks, head[s], masks[s], plain, exact_work, closing,
            routes, n_routes,
        )  # fmt: skip
        for j in range(n):
            if masks[s] & conflicts[j] != 0 or first[j] == first[j + 1]:
                continue
            count = _reach(
                rules, leg_min, home_min, duration_min, first, opens, closes, prices,
                latest, j, labels, blocks, head[s], s == 0, plain, buffer,
            )  # fmt: skip
            steps += 1 + count
            if count == 0:
                continue
            if n_labels + count > labels.shape[0]:
                labels = taller(labels, n_labels + count)
            key = masks[s] | (1 << j)
            slot = slot_of(table, masks, key)
            if table[slot] < 0:
                masks[n_sets], head[n_sets], table[slot] = key, NOTHING, n_sets
                n_sets += 1
            blocks[n_blocks, NEXT], head[table[slot]] = head[table[slot]], n_blocks
            _keep_block(blocks, n_blocks, labels, n_labels, buffer, count, j)
            n_blocks, n_labels = n_blocks + 1, n_labels + count
        s += 1
    return s == n_sets, steps, routes[:n_routes].T.copy(), labels[:n_labels]


@compiled_leaf
def _labels_of(blocks: Ints, block: int) -> int:
    """Return the number of labels of a set, over all last visits."""
    count = 0
    while block >= 0:
        count += blocks[block, STOP] - blocks[block, BEGIN]
        block = blocks[block, NEXT]
    return count


@compiled_leaf
def _keep_block(
    blocks: Ints, block: int, labels: Ints, n_labels: int, buffer: Ints, count: int, last: int
) -> None:
    """Store the labels of the buffer as a block that ends with visit `last`."""
    earliest = buffer[0, TIME]
    for k in range(count):
        earliest = min(earliest, buffer[k, TIME])
        for f in range(labels.shape[1]):
            labels[n_labels + k, f] = buffer[k, f]
        labels[n_labels + k, LAST] = last
    blocks[block, BEGIN], blocks[block, STOP] = n_labels, n_labels + count
    blocks[block, ENDING], blocks[block, EARLIEST] = last, earliest


@compiled_leaf
def _close_set(
    rules: Ints, totals: Ints, leg_min: Ints, labels: Ints, blocks: Ints, block: int, mask: int,
    plain: bool, exact_work: bool, closing: Ints, routes: Ints, n_routes: int,
) -> int:  # fmt: skip
    """Drive home from every label of a set and keep its best routes; return the number of routes."""
    begin = n_routes
    while block >= 0:
        leg = leg_min[blocks[block, ENDING], leg_min.shape[1] - 1]
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
    return n_routes


@compiled
def _latest_leaving(
    end: int, leg_min: Ints, home_min: Ints, duration_min: Ints, first: Ints, opens: Ints, closes: Ints
) -> Ints:
    """Return for each (next, last) the latest end of the last service after which the next can follow."""
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
def _reach(
    rules: Ints, leg_min: Ints, home_min: Ints, duration_min: Ints,
    first: Ints, opens: Ints, closes: Ints, prices: Ints,
    latest: Ints, j: int, labels: Ints, blocks: Ints, block: int, at_start: bool, plain: bool, buffer: Ints,
) -> int:  # fmt: skip
    """Fill the buffer with the labels that reach visit j from a set; return how many."""
    a, b, end, home, duration = first[j], first[j + 1], rules[END], home_min[j], duration_min[j]
    if at_start:
        leg = leg_min[leg_min.shape[0] - 1, j]
        if plain:
            return extend_plain(
                end, leg, home, duration, opens, closes, prices, a, b, 0, rules[START], NOTHING, buffer, 0
            )  # fmt: skip
        return extend_label(
            rules, leg, home, duration, opens, closes, prices, a, b,
            0, rules[START], rules[STRETCH_FROM], rules[BREAK_MIN], 0, NOTHING, buffer, 0,
        )  # fmt: skip
    count = 0
    while block >= 0:
        last = blocks[block, ENDING]
        until, leg = latest[j, last], leg_min[last, j]
        if blocks[block, EARLIEST] <= until:
            for k in range(blocks[block, BEGIN], blocks[block, STOP]):
                if labels[k, TIME] > until:
                    continue
                if plain:
                    count = extend_plain(
                        end, leg, home, duration, opens, closes, prices, a, b,
                        labels[k, COST], labels[k, TIME], k, buffer, count,
                    )  # fmt: skip
                else:
                    count = extend_label(
                        rules, leg, home, duration, opens, closes, prices, a, b,
                        labels[k, COST], labels[k, TIME], labels[k, FROM], labels[k, BREAKS], labels[k, GROW],
                        k, buffer, count,
                    )  # fmt: skip
        block = blocks[block, NEXT]
    return count


@compiled_leaf
def _keep_route(
    routes: Ints,
    begin: int,
    count: int,
    mask: int,
    cost: int,
    work: int,
    back: int,
    label: int,
    exact_work: bool,
) -> int:
    """Add a route of the set whose rows start at `begin`, unless one is as good; return the new count.

    Of routes with equal cost (and work, if it counts) the one that is back first stays.
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
