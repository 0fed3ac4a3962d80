"""One day of a plan during search: its times and its cost (numba).

If neither breaks nor promises matter, the earliest ends and latest starts of the services show in one step
whether a visit fits between two others. Otherwise they can only rule it out; the label rules decide, from the
labels stored after each stop.
"""

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.day.labels import (
    BREAK_MIN,
    BREAKS,
    BUFFER,
    COST,
    END,
    FIELDS,
    FROM,
    GROW,
    START,
    STRETCH_FROM,
    TIME,
    WORK_MIN,
    close_label,
    extend_label,
    ways_to_leave,
)
from scheduling.week.large.arrays import KEPT_LABELS, NO_LIMIT, WeekArrays, WeekState


@compiled
def earliest_start(opens: Ints, closes: Ints, a: int, b: int, arrive: int) -> int:
    """Return the earliest start within intervals a to b - 1 when arriving at `arrive`, or NO_LIMIT."""
    earliest = NO_LIMIT
    for row in range(a, b):
        if arrive <= closes[row]:
            earliest = min(earliest, max(arrive, opens[row]))
    return earliest


@compiled
def latest_start(opens: Ints, closes: Ints, a: int, b: int, until: int) -> int:
    """Return the latest start within intervals a to b - 1 that is no later than `until`."""
    latest = -NO_LIMIT
    for row in range(a, b):
        if opens[row] <= until:
            latest = max(latest, min(until, closes[row]))
    return latest


@compiled
def time_day(w: WeekArrays, s: WeekState, i: int, buffer: Ints) -> bool:
    """Compute times and cost of a day after a change of its route; False if it is infeasible."""
    k, size, n = w.kind[i], s.length[i], w.penalty.shape[0]
    leg_min, first, opens, closes, duration = w.leg_min[k], w.first[k], w.opens, w.closes, w.duration_min
    route, ready, latest = s.route[i], s.ready_min[i], s.latest_min[i]
    s.clock[0] += 1
    s.version[i] = s.clock[0]
    s.cost[i] = 0
    s.work_min[i] = 0
    if size == 0:
        return True
    end = w.rules[k, END] if w.labelled[k] else w.end_min[k]
    now, here, cost = w.start_min[k], n, 0
    for p in range(size):
        v = route[p]
        leg = leg_min[here, v]
        start = earliest_start(opens, closes, first[v], first[v + 1], now + leg)
        if start >= NO_LIMIT:
            return False
        now, here = start + duration[v], v
        cost += leg + w.prices[first[v]]
        ready[p] = now
    home = leg_min[here, n + 1]
    if now + home > end:
        return False
    s.cost[i] = cost + home
    s.work_min[i] = now + home - w.start_min[k]
    until = end - home
    for p in range(size - 1, -1, -1):
        v = route[p]
        latest[p] = latest_start(opens, closes, first[v], first[v + 1], until - duration[v])
        until = latest[p] - leg_min[route[p - 1] if p else n, v]
    return _label_day(w, s, i, buffer) if w.labelled[k] else True


@compiled
def _label_day(w: WeekArrays, s: WeekState, i: int, buffer: Ints) -> bool:
    """Store the labels after each stop of a day, and its cost and work; False if it is infeasible."""
    count = 0
    for p in range(s.length[i]):
        count = _extend_from(w, s, i, p - 1, s.route[i, p], buffer)
        if count == 0:
            return False
        s.label_count[i, p] = min(count, KEPT_LABELS)
        s.labels[i, p, : s.label_count[i, p]] = buffer[: s.label_count[i, p]]
    last = s.length[i] - 1
    s.cost[i], s.work_min[i] = _closed(
        w, w.kind[i], s.route[i, last], s.labels[i, last], s.label_count[i, last]
    )
    return bool(s.cost[i] < NO_LIMIT)


@compiled
def _extend_from(w: WeekArrays, s: WeekState, i: int, p: int, v: int, buffer: Ints) -> int:
    """Fill the buffer with the labels that reach visit v from position p of a day (-1: its start)."""
    k = w.kind[i]
    if p >= 0:
        return _extend(w, k, s.route[i, p], v, s.labels[i, p], s.label_count[i, p], buffer)
    start = np.empty((1, FIELDS), dtype=np.int64)
    start[0, COST], start[0, TIME], start[0, GROW] = 0, w.rules[k, START], 0
    start[0, FROM], start[0, BREAKS] = w.rules[k, STRETCH_FROM], w.rules[k, BREAK_MIN]
    return _extend(w, k, w.penalty.shape[0], v, start, 1, buffer)


@compiled
def _extend(w: WeekArrays, k: int, here: int, v: int, labels: Ints, count: int, buffer: Ints) -> int:
    found = 0
    leg = w.leg_min[k, here, v]
    a, b = w.first[k, v], w.first[k, v + 1]
    for x in range(count):
        found = extend_label(
            w.rules[k], leg, w.shortest_home_min[k, v], w.duration_min[v], w.opens, w.closes, w.prices, a, b,
            labels[x, COST], labels[x, TIME], labels[x, FROM], labels[x, BREAKS],
            labels[x, GROW], 0, buffer, found,
        )  # fmt: skip
    return found


@compiled
def _closed(w: WeekArrays, k: int, last: int, labels: Ints, count: int) -> tuple[int, int]:
    """Return the least cost of a day that ends with these labels, and its least added work at that cost."""
    cost, work = NO_LIMIT, NO_LIMIT
    home = w.leg_min[k, last, w.penalty.shape[0] + 1]
    closing = np.empty((ways_to_leave(w.rules[k]), 3), dtype=np.int64)
    for x in range(count):
        for f in range(
            close_label(
                w.rules[k], w.totals[k], home, labels[x, COST], labels[x, TIME], labels[x, FROM],
                labels[x, BREAKS], labels[x, GROW], closing,
            )
        ):  # fmt: skip
            if closing[f, 0] < cost or (closing[f, 0] == cost and closing[f, 1] < work):
                cost, work = closing[f, 0], closing[f, 1]
    return cost, work - w.rules[k, WORK_MIN]


@compiled
def labels_with_visit(w: WeekArrays, s: WeekState, i: int, p: int, v: int, buffer: Ints) -> tuple[int, int]:
    """Return cost and work of a labelled day with visit v before position p; cost NO_LIMIT if infeasible."""
    k, size = w.kind[i], s.length[i]
    count = _extend_from(w, s, i, p - 1, v, buffer)
    labels = np.empty((KEPT_LABELS, FIELDS), dtype=np.int64)
    last = v
    for q in range(p, size + 1):
        count = min(count, KEPT_LABELS)
        if count == 0:
            return NO_LIMIT, NO_LIMIT
        labels[:count] = buffer[:count]
        if q < size:
            count = _extend(w, k, last, s.route[i, q], labels, count, buffer)
            last = s.route[i, q]
    return _closed(w, k, last, labels, count)


def label_buffer() -> Ints:
    """Return a buffer for the labels of one state."""
    return np.empty((BUFFER, FIELDS), dtype=np.int64)
