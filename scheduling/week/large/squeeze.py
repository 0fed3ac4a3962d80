"""Put a missing visit into a tight day, or shorten a day, by orders that are late on the way (numba).

Between two good orders of a tight day often stand only infeasible ones, which a search that keeps all windows
does not cross. Here a visit may begin late, at a price: the clock goes back to the end of its window (time
warp: Nagata, Bräysy and Dullaert 2010, doi:10.1016/j.cor.2009.06.022), so that one late stop does not make
all later ones late. Pieces of up to three stops move and turn, until nothing is better; then some are moved
at random and it begins anew, as for travelling salesmen with time windows (da Silva and Urrutia 2010,
doi:10.1016/j.disopt.2010.04.002).
"""

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.day.labels import END
from scheduling.week.instance import MAX_LISTED
from scheduling.week.large.arrays import NO_LIMIT, WeekArrays, WeekState
from scheduling.week.large.day import earliest_start
from scheduling.week.large.exchanges import drive, works_too_much
from scheduling.week.large.ruin import below, restore, save

LATE = 12
"""The price of a minute late, in minutes of travel."""
LONGEST = 3
"""Maximum number of stops of a piece that moves."""
KICKS = 4
"""Maximum number of random moves before the next descent."""


@compiled
def _late_cost(w: WeekArrays, k: int, route: Ints, size: int, most: int) -> tuple[int, int]:
    """Return travel plus the price of lateness, and the minutes late; more than `most` is cut short."""
    n, leg, first = w.penalty.shape[0], w.leg_min[k], w.first[k]
    end = w.rules[k, END] if w.labelled[k] else w.end_min[k]
    now, here, cost, late = w.start_min[k], n, 0, 0
    for p in range(size):
        v = route[p]
        cost += leg[here, v]
        arrive = now + leg[here, v]
        start = earliest_start(w.opens, w.closes, first[v], first[v + 1], arrive)
        if start >= NO_LIMIT:
            start = w.closes[first[v + 1] - 1]
            late += arrive - start
            cost += LATE * (arrive - start)
        if cost > most:
            return cost, late
        now, here = start + w.duration_min[v], v
    cost += leg[here, n + 1]
    over = max(0, now + leg[here, n + 1] - end)
    return cost + LATE * over, late + over


@compiled
def _moved(route: Ints, size: int, a: int, many: int, b: int, turned: bool, new: Ints) -> None:
    """Write the route with the piece of `many` stops from a on before position b of the rest."""
    rest = 0
    for p in range(size):
        if a <= p < a + many:
            continue
        if rest == b:
            rest += many
        new[rest] = route[p]
        rest += 1
    for q in range(many):
        new[b + q] = route[a + many - 1 - q] if turned else route[a + q]


@compiled
def _descended(w: WeekArrays, k: int, route: Ints, size: int, new: Ints, tries: Ints) -> tuple[int, int]:
    """Move pieces while that lowers the late cost; return the cost and the minutes late."""
    cost, late = _late_cost(w, k, route, size, NO_LIMIT)
    again = True
    while again and tries[0] > 0:
        again = False
        for a in range(size):
            for many in range(1, min(LONGEST, size - a) + 1):
                for turned in range(2 if many > 1 else 1):
                    for b in range(size - many + 1):
                        if b == a and not turned:
                            continue
                        tries[0] -= 1
                        _moved(route, size, a, many, b, turned == 1, new)
                        other, minutes = _late_cost(w, k, new, size, cost)
                        if other < cost:
                            route[:size] = new[:size]
                            cost, late, again = other, minutes, True
    return cost, late


@compiled
def _ordered(w: WeekArrays, k: int, route: Ints, size: int, most: int, random: Ints, tries: Ints) -> bool:
    """Look for an order that is never late and costs less than `most`, until `tries` are used up."""
    n = w.penalty.shape[0]
    best, new = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    best[:size] = route[:size]
    least = NO_LIMIT
    while tries[0] > 0:
        cost, late = _descended(w, k, route, size, new, tries)
        if late == 0 and cost < most:
            return True
        if cost <= least:
            least = cost
            best[:size] = route[:size]
        else:
            route[:size] = best[:size]
        for _ in range(1 + below(random, KICKS)):
            many = 1 + below(random, min(LONGEST, size))
            a, b = below(random, size - many + 1), below(random, size - many + 1)
            _moved(route, size, a, many, b, False, new)
            route[:size] = new[:size]
    return False


@compiled
def squeeze(
    w: WeekArrays, s: WeekState, saved: WeekState, i: int, extra: int,
    random: Ints, tries: Ints, buffer: Ints,
) -> bool:  # fmt: skip
    """Give a day a cheaper order, or one with a missing visit `extra` (-1: none); False if none is found."""
    k, size = w.kind[i], s.length[i]
    most, route = s.cost[i], np.empty(w.penalty.shape[0], dtype=np.int64)
    route[:size] = s.route[i, :size]
    if extra >= 0:
        if w.first[k, extra] == w.first[k, extra + 1]:
            return False
        if w.group[extra] >= 0 and s.held[i, w.group[extra]]:
            return False
        route[size] = extra
        size += 1
        most += w.penalty[extra]
    if size < 2 or (w.labelled[k] and size > MAX_LISTED):
        return False
    if not _ordered(w, k, route, size, most, random, tries):
        return False
    touched = np.zeros(w.kind.shape[0], dtype=np.int64)
    save(s, saved, touched, i)
    if drive(w, s, i, route, size, buffer) and s.cost[i] < most and not works_too_much(w, s):
        return True
    restore(w, s, saved, touched)
    return False


@compiled
def squeeze_some(
    w: WeekArrays, s: WeekState, saved: WeekState,
    random: Ints, each: int, tries: Ints, stop: Ints, buffer: Ints,
) -> bool:  # fmt: skip
    """Squeeze random days with random missing visits, `each` tries a time; return whether any changed."""
    days, n, changed = w.kind.shape[0], w.penalty.shape[0], False
    missing = np.empty(n, dtype=np.int64)
    left = np.empty(1, dtype=np.int64)
    while tries[0] > 0 and stop[0] == 0 and days > 0:
        count = 0
        for v in range(n):
            if s.day_of[v] < 0:
                missing[count] = v
                count += 1
        pick = below(random, count + 1)
        left[0] = min(each, tries[0])
        tries[0] -= max(1, left[0])
        extra = missing[pick] if pick < count else -1
        if squeeze(w, s, saved, below(random, days), extra, random, left, buffer):
            changed = True
        tries[0] += max(0, left[0])
    return changed
