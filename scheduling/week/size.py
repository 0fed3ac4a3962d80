"""Estimate the number of visit sets in a week's listing before it starts (numba).

Knuth's estimate of the size of a tree (1975, doi:10.1090/S0025-5718-1975-0373371-6): a random path from the
empty day adds one visit after another, and the product of the numbers of choices along it, each divided by
the size of the set, estimates how many sets of that size there are. Breaks are ignored, which can only
increase the estimate.
"""

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.instance import MAX_LISTED, WeekInstance
from scheduling.week.large.arrays import NO_LIMIT, WeekArrays, WeekState, empty_state, week_arrays
from scheduling.week.large.day import label_buffer, time_day
from scheduling.week.large.places import find_places, put, take_out
from scheduling.week.large.ruin import drawn

PROBES = 100
FEW = 24
"""Up to this many visits a week is listed without an estimate, which would take as long."""
MOST_SETS = 2_000_000
"""With more sets than this a week is not listed: the proof would take half a minute or more."""
SETS_A_SECOND = 100_000
"""Sets that can be listed, bounded and searched in a second, as measured; for a limit of time."""


def too_large_to_list(week: WeekInstance, seconds: float | None) -> bool:
    """Return whether a week is too large for listing its days."""
    if len(week.visits) > MAX_LISTED or len(week.visits) <= FEW:
        return len(week.visits) > FEW
    most = MOST_SETS if seconds is None else min(MOST_SETS, SETS_A_SECOND * seconds)
    return estimated_sets(week) > most


def estimated_sets(week: WeekInstance) -> float:
    """Return the approximate number of visit sets possible on one day, over all kinds of day."""
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
