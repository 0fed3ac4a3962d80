"""Estimate the number of visit sets in a week's listing before it starts (numba).

Knuth's estimate of the size of a tree (1975, doi:10.1090/S0025-5718-1975-0373371-6): a random path from the
empty day adds one visit after another, and the product of the numbers of choices along it, each divided by
the size of the set, estimates how many sets of that size there are. Breaks are ignored, which can only
increase the estimate.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from math import comb

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.instance import MAX_LISTED, WeekInstance
from scheduling.week.large.arrays import NO_LIMIT, WeekArrays, WeekState, empty_state, week_arrays
from scheduling.week.large.day import label_buffer, time_day
from scheduling.week.large.places import find_places, put, take_out
from scheduling.week.large.ruin import drawn

PROBES = 100
UNLISTED = 1 << 62
"""More sets than any list holds."""
QUICK_SETS = 8_000
"""Up to so many sets a week is listed at once, in some hundredths of a second."""
SOON_SETS = 60_000
"""Up to so many it is listed after the first search, in some tenths of a second."""
MOST_SETS = 2_000_000
"""With more sets than this a week is not listed: the proof would take half a minute or more."""


def most_sets(week: WeekInstance) -> int:
    """Return a number that the visit sets possible on one day, over all kinds of day, cannot exceed.

    A day holds at most as many visits as their services and the shortest legs to them fit into its shift, and
    no more sets than ways to choose so many. It takes no time, and is far too high where many visits fit.
    """
    if len(week.visits) > MAX_LISTED:
        return UNLISTED
    nearest = _shortest_legs(week)
    total = 0
    for d, kind in _kinds(week):
        day = week.days[d]
        assert day is not None
        open_ones = sorted(
            visit.duration_min + nearest[visit.node]
            for visit, hours in zip(week.visits, kind, strict=True)
            if hours
        )
        held = bisect_right(list(accumulate(open_ones)), day.end - day.start)
        total += sum(comb(len(open_ones), size) for size in range(1, held + 1))
    return total


def _kinds(week: WeekInstance) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Yield one day of each kind of shift and windows, with the windows of all visits."""
    seen = set()
    for d, day in enumerate(week.days):
        hours = tuple(visit.windows[d] for visit in week.visits)
        if day is not None and (key := (day.start, day.end, day.from_node, day.to_node, hours)) not in seen:
            seen.add(key)
            yield d, hours


def _shortest_legs(week: WeekInstance) -> list[int]:
    """Return the shortest leg to each node from another stop or the start of a day."""
    nodes = [visit.node for visit in week.visits]
    shared = Counter(nodes)
    from_nodes = {*nodes, *(week.from_node(d) for d in range(len(week.days)))}
    return [
        0 if shared[b] > 1 else min((week.travel_min[a][b] for a in from_nodes if a != b), default=0)
        for b in range(len(week.travel_min))
    ]


def estimated_sets(week: WeekInstance) -> float:
    """Return the approximate number of visit sets possible on one day, over all kinds of day."""
    if len(week.visits) > MAX_LISTED:
        return UNLISTED
    arrays = week_arrays(week)
    arrays = arrays._replace(labelled=np.zeros_like(arrays.labelled), max_work_min=NO_LIMIT)
    random, buffer = np.array([0x2545F4914F6CDD1D], dtype=np.int64), label_buffer()
    state = empty_state(arrays)
    first_days = [int(np.argmax(arrays.kind == k)) for k in range(len(arrays.labelled))]
    return sum(float(_probed(arrays, state, i, random, PROBES, buffer)) for i in first_days)


@compiled
def _probed(w: WeekArrays, s: WeekState, i: int, random: Ints, probes: int, buffer: Ints) -> float:
    """Return the mean estimate of several random paths on one day."""
    n, total = w.penalty.shape[0], 0.0
    missing = np.empty(n, dtype=np.int64)
    for _ in range(probes):
        sets = 1.0
        while True:
            count = 0
            for v in range(n):
                if s.day_of[v] < 0:
                    missing[count] = v
                    count += 1
            find_places(w, s, i, missing, count, 0.0, NO_LIMIT, buffer)
            found = 0
            for x in range(count):
                if s.least[i, missing[x]] < NO_LIMIT:
                    missing[found] = missing[x]
                    found += 1
            if found == 0:
                break
            sets *= found / (s.length[i] + 1.0)
            total += sets
            v = missing[min(found - 1, int(drawn(random) * found))]
            put(w, s, i, s.place[i, v], v, buffer)
        take_out(w, s, i, 0, s.length[i])
        time_day(w, s, i, buffer)
    return total / probes
