"""The cheapest relaxed day routes at given prices: labels that remember only near visits (numba).

A label at a visit is (time, cost, remembered visits). It forgets a visit when it reaches one that does not
have it among its near ones, so a route may return to it (ng-routes): such routes only lower the bound, never
invalidate it (Baldacci, Mingozzi and Roberti 2011, doi:10.1287/opre.1110.0975). Breaks are ignored, promises
are not.
"""

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.large.arrays import NO_LIMIT, WeekArrays

WORD = 63
NOTHING = -1
NO_ROOM, INTERRUPTED = -1, -2
"""Instead of a number of steps: why not all labels were made."""
TIME, COST, VISIT, PARENT, NEXT, ALIVE, FIELDS = 0, 1, 2, 3, 4, 5, 6


def near_words(w: WeekArrays, many: int) -> Ints:
    """Return for each visit the set of the `many` nearest ones and itself, as bits in words."""
    n = len(w.penalty)
    words = np.zeros((n, max(1, -(-n // WORD))), dtype=np.int64)
    for v in range(n):
        for near in {v, *(int(x) for x in w.near[v, : many + 1])}:
            words[v, near // WORD] |= 1 << (near % WORD)
    return words


@compiled
def cheapest_routes(
    w: WeekArrays, k: int, near: Ints, scale: int, visit: Ints, work_min: int,
    labels: Ints, words: Ints, most_steps: int, stop: Ints,
) -> tuple[int, int, Ints]:  # fmt: skip
    """Return (least reduced cost, steps, best label ending at each visit) for a kind of day.

    Costs are in units of 1 / `scale`; `visit` is earned for each visit, `work_min` charged for each minute of
    travel or service. The steps (label comparisons) are NO_ROOM if there was no room for all labels, and
    INTERRUPTED if there were too many or `stop` was raised; the least cost is then meaningless.
    """
    n, size = w.penalty.shape[0], near.shape[1]
    leg_min, first, home = w.leg_min[k], w.first[k], w.shortest_home_min[k]
    opens, closes, prices, duration = w.opens, w.closes, w.prices, w.duration_min
    end = w.rules[k, 1] if w.labelled[k] else w.end_min[k]
    head = np.full(n, NOTHING, dtype=np.int64)
    ending, least_at = np.full(n, NOTHING, dtype=np.int64), np.full(n, NO_LIMIT, dtype=np.int64)
    latest = np.full(n, -NO_LIMIT, dtype=np.int64)
    for v in range(n):
        for row in range(first[v], first[v + 1]):
            latest[v] = max(latest[v], min(closes[row], end - duration[v] - home[v]))
    mask = np.zeros(size, dtype=np.int64)
    count, at, least, steps = 0, -1, 0, 0
    while at < count:
        if stop[0] != 0 or steps > most_steps:
            return least, INTERRUPTED, ending
        here, now, cost = n, w.start_min[k], 0
        if at >= 0:
            if labels[at, ALIVE] == 0:
                at += 1
                continue
            here, now, cost = labels[at, VISIT], labels[at, TIME], labels[at, COST]
            leg = leg_min[here, n + 1]
            if now + leg <= end:
                total = cost + scale * leg + work_min * leg
                if total < least_at[here]:
                    least_at[here], ending[here] = total, at
                    least = min(least, total)
        for v in range(n):
            leg = leg_min[here, v]
            arrive = now + leg
            if arrive > latest[v]:
                continue
            if at >= 0 and words[at, v // WORD] >> (v % WORD) & 1:
                continue
            for row in range(first[v], first[v + 1]):
                if arrive > closes[row]:
                    continue
                ready = max(arrive, opens[row]) + duration[v]
                if ready + home[v] > end:
                    continue
                dearer = cost + scale * (leg + prices[row]) + work_min * (leg + duration[v]) - visit[v]
                for word in range(size):
                    mask[word] = words[at, word] & near[v, word] if at >= 0 else 0
                mask[v // WORD] |= 1 << (v % WORD)
                enters, compared = _enter(labels, words, head, v, ready, dearer, mask)
                steps += compared
                if not enters:
                    continue
                if count >= labels.shape[0]:
                    return least, NO_ROOM, ending
                labels[count, TIME], labels[count, COST], labels[count, VISIT] = ready, dearer, v
                labels[count, PARENT], labels[count, ALIVE] = at, 1
                labels[count, NEXT] = head[v]
                words[count] = mask
                head[v] = count
                count += 1
        at += 1
    return least, steps, ending


@compiled
def _enter(
    labels: Ints, words: Ints, head: Ints, v: int, time: int, cost: int, mask: Ints
) -> tuple[bool, int]:
    """Return whether a new label at v is not dominated, and the steps; unlink labels it dominates."""
    size, steps = mask.shape[0], 1
    before, x = NOTHING, head[v]
    while x >= 0:
        following = labels[x, NEXT]
        steps += 1
        if labels[x, TIME] <= time and labels[x, COST] <= cost:
            within = True
            for word in range(size):
                within = within and words[x, word] & ~mask[word] == 0
            if within:
                return False, steps
        elif time <= labels[x, TIME] and cost <= labels[x, COST]:
            within = True
            for word in range(size):
                within = within and mask[word] & ~words[x, word] == 0
            if within:
                labels[x, ALIVE] = 0
                if before >= 0:
                    labels[before, NEXT] = following
                else:
                    head[v] = following
                x = following
                continue
        before, x = x, following
    return True, steps


def stops_of(labels: Ints, label: int) -> list[int]:
    """Return the stops of the route that ends with a label."""
    stops = []
    while label >= 0:
        stops.append(int(labels[label, VISIT]))
        label = int(labels[label, PARENT])
    return stops[::-1]
