"""The best position on a day for each missing visit, and insertion and removal of visits (numba)."""

from math import log

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.day.labels import END
from scheduling.week.instance import MAX_LISTED
from scheduling.week.large.arrays import NO_LIMIT, WeekArrays, WeekState
from scheduling.week.large.day import earliest_start, labels_with_visit, time_day


@compiled
def _plain_work(w: WeekArrays, s: WeekState, i: int, p: int, v: int, ready: int) -> int:
    """Return the added work of a plain day with visit v, ready at that time, before position p."""
    k, here, now = w.kind[i], v, ready
    for q in range(p, s.length[i]):
        b = s.route[i, q]
        arrive = now + w.leg_min[k, here, b]
        now = earliest_start(w.opens, w.closes, w.first[k, b], w.first[k, b + 1], arrive) + w.duration_min[b]
        here = b
    return int(now + w.leg_min[k, here, w.penalty.shape[0] + 1] - w.start_min[k])


@compiled
def find_places(
    w: WeekArrays, s: WeekState, i: int, missing: Ints, count: int,
    of_travel: float, work_left: int, buffer: Ints,
) -> None:  # fmt: skip
    """Find the best position on a day for each missing visit, unless it is known.

    The resources a position takes are `of_travel` times the added travel, plus 1 - `of_travel` times the
    delay of the next service's earliest start. `work_left` is what the week's limit leaves for this day. A
    day with breaks or promises holds no more stops than can be listed, since its times are found from a list.
    """
    k, size, n = w.kind[i], s.length[i], w.penalty.shape[0]
    leg_min, first, all_opens, all_closes, duration = (
        w.leg_min[k],
        w.first[k],
        w.opens,
        w.closes,
        w.duration_min,
    )
    least_of, place_of, strain_of = s.least[i], s.place[i], s.strain[i]
    group, held, prices = w.group, s.held[i], w.prices
    labelled, limited = w.labelled[k], work_left < NO_LIMIT
    full = labelled and size >= MAX_LISTED
    here, then = np.empty(size + 1, dtype=np.int64), np.empty(size + 1, dtype=np.int64)
    left, until = np.empty(size + 1, dtype=np.int64), np.empty(size + 1, dtype=np.int64)
    here[0], then[size], left[0] = n, n + 1, w.start_min[k]
    until[size] = w.rules[k, END] if labelled else w.end_min[k]
    for p in range(size):
        here[p + 1] = then[p] = s.route[i, p]
        left[p + 1], until[p] = s.ready_min[i, p], s.latest_min[i, p]
    version, stamp = s.version[i], s.stamp[i]
    for x in range(count):
        v = missing[x]
        if stamp[v] == version:
            continue
        stamp[v] = version
        least_of[v] = NO_LIMIT
        a, b = first[v], first[v + 1]
        if full or a == b or (group[v] >= 0 and held[group[v]] > 0):
            continue
        opens, closes, stay = all_opens[a], all_closes[a], duration[v]
        for row in range(a + 1, b):
            closes = max(closes, all_closes[row])
        least = 1e300
        for p in range(size + 1):
            if left[p] > closes:
                break
            start = left[p] + leg_min[here[p], v]
            if opens + stay > until[p] or start > closes:
                continue
            one = b == a + 1
            start = max(start, opens) if one else earliest_start(all_opens, all_closes, a, b, start)
            onward, direct = leg_min[v, then[p]], leg_min[here[p], then[p]]
            reached = start + stay + onward
            if reached > until[p]:
                continue
            if size == 0:
                direct = 0
            travel = leg_min[here[p], v] + onward - direct
            taken = of_travel * travel + (1.0 - of_travel) * (reached - left[p] - direct)
            if taken >= least:
                continue
            added, work = travel + prices[a], 0
            if labelled:
                cost, work = labels_with_visit(w, s, i, p, v, buffer)
                if cost >= NO_LIMIT:
                    continue
                added = cost - s.cost[i]
            elif limited:
                work = _plain_work(w, s, i, p, v, start + stay)
            if limited and work > work_left:
                continue
            least = taken
            least_of[v] = added
            place_of[v] = p
        if least_of[v] < NO_LIMIT:
            strain_of[v] = log(1.0 + max(0.0, least))


@compiled
def forget_places(s: WeekState) -> None:
    """Mark all positions as unknown."""
    for i in range(s.version.shape[0]):
        s.clock[0] += 1
        s.version[i] = s.clock[0]


@compiled
def put(w: WeekArrays, s: WeekState, i: int, p: int, v: int, buffer: Ints) -> bool:
    """Insert visit v before position p of a day and time it; False if that is infeasible."""
    for q in range(s.length[i], p, -1):
        s.route[i, q] = s.route[i, q - 1]
    s.route[i, p] = v
    s.length[i] += 1
    s.day_of[v] = i
    if w.group[v] >= 0:
        s.held[i, w.group[v]] += 1
    return time_day(w, s, i, buffer)


@compiled
def take_out(w: WeekArrays, s: WeekState, i: int, p: int, many: int) -> None:
    """Remove `many` visits of a day from position p on, without timing it."""
    for q in range(p, p + many):
        v = s.route[i, q]
        s.day_of[v] = -1
        if w.group[v] >= 0:
            s.held[i, w.group[v]] -= 1
    for q in range(p + many, s.length[i]):
        s.route[i, q - many] = s.route[i, q]
    s.length[i] -= many
