"""Exchange pieces between two days, or move one within its day, while travel falls (numba).

Removal and insertion one by one seldom find these moves: with legs that follow no geography, each half of an
exchange is dear. Pieces of up to `LONGEST_PIECE` stops change places (cross-exchange: Taillard et al. 1997,
doi:10.1287/trsc.31.2.170), as do whole ends of days (2-opt*: Potvin and Rousseau 1995,
doi:10.1057/jors.1995.204).
"""

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.day.labels import END
from scheduling.week.instance import MAX_LISTED
from scheduling.week.large.arrays import NO_LIMIT, WeekArrays, WeekState
from scheduling.week.large.day import earliest_start, time_day
from scheduling.week.large.ruin import save

LONGEST_PIECE, LONGEST_MOVED = 3, 8
"""Maximum number of stops of a piece that goes to another day and is no end of one, and within its day."""


@compiled
def exchange(w: WeekArrays, s: WeekState, saved: WeekState, touched: Ints, buffer: Ints) -> None:
    """Make exchanges that lower the cost until none does; changed days are saved and marked as touched."""
    days, n = w.kind.shape[0], w.penalty.shape[0]
    new, old = np.empty((2, n), dtype=np.int64), np.empty((2, n), dtype=np.int64)
    again = True
    while again:
        again = False
        for i in range(days):
            if touched[i]:
                while _move_within(w, s, saved, touched, i, new, old, buffer):
                    again = True
            for j in range(i + 1, days):
                if touched[i] or touched[j]:
                    while _exchange_between(w, s, saved, touched, i, j, new, old, buffer):
                        again = True


@compiled
def _move_within(
    w: WeekArrays, s: WeekState, saved: WeekState, touched: Ints, i: int, new: Ints, old: Ints, buffer: Ints,
) -> bool:  # fmt: skip
    """Move one piece to another place of its day, if that lowers the cost; False if none does."""
    size, n, leg = s.length[i], w.penalty.shape[0], w.leg_min[w.kind[i]]
    route = s.route[i]
    for a in range(size):
        before = route[a - 1] if a else n
        for many in range(1, min(LONGEST_MOVED, size - a) + 1):
            head, tail, z = route[a], route[a + many - 1], a + many
            after = route[z] if z < size else n + 1
            saves = leg[before, head] + leg[tail, after] - leg[before, after]
            for b in range(size + 1):
                if a <= b <= z:
                    continue
                left, right = route[b - 1] if b else n, route[b] if b < size else n + 1
                if leg[left, head] + leg[tail, right] - leg[left, right] >= saves:
                    continue
                if b < a:
                    _swapped(route, b, a, z, size, new[0])
                else:
                    _swapped(route, a, z, b, size, new[0])
                if _take_over(w, s, saved, touched, i, i, size, 0, new, old, buffer):
                    return True
    return False


@compiled
def _exchange_between(
    w: WeekArrays, s: WeekState, saved: WeekState, touched: Ints, i: int, j: int,
    new: Ints, old: Ints, buffer: Ints,
) -> bool:  # fmt: skip
    """Exchange two pieces, or the ends of two days, if that lowers the cost; False if none does."""
    n, size, other = w.penalty.shape[0], s.length[i], s.length[j]
    route, others = s.route[i], s.route[j]
    leg, legs = w.leg_min[w.kind[i]], w.leg_min[w.kind[j]]
    if size == 0 or other == 0:
        return False
    for a in range(size + 1):
        before = route[a - 1] if a else n
        for z in range(a, size + 1):
            if z - a > LONGEST_PIECE and z < size:
                continue
            after = route[z] if z < size else n + 1
            given = _around(leg, before, route, a, z, after)
            for b in range(other + 1):
                prior = others[b - 1] if b else n
                for y in range(b, other + 1):
                    if (y - b > LONGEST_PIECE and y < other) or z - a + y - b == 0:
                        continue
                    following = others[y] if y < other else n + 1
                    now = given + _around(legs, prior, others, b, y, following)
                    then = _around(leg, before, others, b, y, after)
                    if then + _around(legs, prior, route, a, z, following) >= now:
                        continue
                    new_size = _spliced(route, a, z, size, others, b, y, new[0])
                    new_other = _spliced(others, b, y, other, route, a, z, new[1])
                    if _take_over(w, s, saved, touched, i, j, new_size, new_other, new, old, buffer):
                        return True
    return False


@compiled
def _around(leg: Ints, left: int, route: Ints, a: int, z: int, right: int) -> int:
    """Return the legs that join the piece from a to z - 1 of a route to the stops on its left and right."""
    if a == z:
        return int(leg[left, right])
    return int(leg[left, route[a]] + leg[route[z - 1], right])


@compiled
def _swapped(route: Ints, a: int, b: int, c: int, size: int, new: Ints) -> None:
    """Write a route in which the pieces from a to b - 1 and from b to c - 1 have changed places."""
    new[:size] = route[:size]
    new[a : a + c - b] = route[b:c]
    new[a + c - b : c] = route[a:b]


@compiled
def _spliced(route: Ints, a: int, z: int, size: int, other: Ints, b: int, y: int, new: Ints) -> int:
    """Write a route with its piece from a to z - 1 replaced by that from b to y - 1 of another one.

    Return its size.
    """
    many = a + y - b
    new[:a], new[a:many] = route[:a], other[b:y]
    new[many : many + size - z] = route[z:size]
    return many + size - z


@compiled
def _take_over(
    w: WeekArrays, s: WeekState, saved: WeekState, touched: Ints, i: int, j: int, size: int, other: int,
    new: Ints, old: Ints, buffer: Ints,
) -> bool:  # fmt: skip
    """Give one or two days new routes if they are feasible and cost less; else leave all as it was."""
    if not _fits(w, w.kind[i], new[0], size) or (j != i and not _fits(w, w.kind[j], new[1], other)):
        return False
    if j != i and not (_apart(w, new[0], size) and _apart(w, new[1], other)):
        return False
    save(s, saved, touched, i)
    save(s, saved, touched, j)
    was, were = s.length[i], s.length[j]
    cost = s.cost[i] + s.cost[j]
    old[0, :was], old[1, :were] = s.route[i, :was], s.route[j, :were]
    fine = drive(w, s, i, new[0], size, buffer) and (j == i or drive(w, s, j, new[1], other, buffer))
    if fine and s.cost[i] + s.cost[j] < cost and not works_too_much(w, s):
        return True
    drive(w, s, i, old[0], was, buffer)
    if j != i:
        drive(w, s, j, old[1], were, buffer)
    return False


@compiled
def works_too_much(w: WeekArrays, s: WeekState) -> bool:
    """Return whether the plan exceeds the week's limit on work."""
    work = 0
    for i in range(w.kind.shape[0]):
        work += s.work_min[i]
    return bool(work > max(0, w.max_work_min))


@compiled
def _fits(w: WeekArrays, k: int, route: Ints, size: int) -> bool:
    """Return whether a route keeps all windows and the end of a day of this kind, breaks aside."""
    if w.labelled[k] and size > MAX_LISTED:
        return False
    n, end = w.penalty.shape[0], w.rules[k, END] if w.labelled[k] else w.end_min[k]
    here, now = n, w.start_min[k]
    for p in range(size):
        v = route[p]
        a, b = w.first[k, v], w.first[k, v + 1]
        now = earliest_start(w.opens, w.closes, a, b, now + w.leg_min[k, here, v])
        if now >= NO_LIMIT:
            return False
        here, now = v, now + w.duration_min[v]
    return bool(size == 0 or now + w.leg_min[k, here, n + 1] <= end)


@compiled
def _apart(w: WeekArrays, route: Ints, size: int) -> bool:
    """Return whether no two visits of one group are in a route."""
    for p in range(size):
        g = w.group[route[p]]
        for q in range(p):
            if g >= 0 and w.group[route[q]] == g:
                return False
    return True


@compiled
def drive(w: WeekArrays, s: WeekState, i: int, route: Ints, size: int, buffer: Ints) -> bool:
    """Give a day this route and time it; False if that is infeasible."""
    s.length[i] = size
    s.held[i, :] = 0
    for p in range(size):
        v = route[p]
        s.route[i, p], s.day_of[v] = v, i
        if w.group[v] >= 0:
            s.held[i, w.group[v]] += 1
    return time_day(w, s, i, buffer)
