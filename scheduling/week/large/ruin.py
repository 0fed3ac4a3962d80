"""Remove visits from a plan, and restore days to a saved state (numba).

Removal of strings of stops around one place follows Christiaens and Vanden Berghe (2020,
doi:10.1287/trsc.2019.0914).
"""

from data.base.compiled import Ints, compiled
from scheduling.week.large.arrays import WeekArrays, WeekState
from scheduling.week.large.places import take_out

LONGEST_STRING = 10.0
MOST_NEIGHBOURS = 10
STRINGS, PIECES, NEIGHBOURS, SINGLES = 0.5, 0.7, 0.85, 0.97
"""Random thresholds for removing strings, pieces of days, neighbours and single stops.

Above them nearly whole days go.
"""


@compiled
def drawn(random: Ints) -> float:
    """Return the next random number from 0 to below 1 (xorshift)."""
    x = random[0]
    x ^= x << 13
    x ^= (x >> 7) & 0x01FFFFFFFFFFFFFF
    x ^= x << 17
    random[0] = x
    return float((x >> 11) & 0x1FFFFFFFFFFFFF) / 9007199254740992.0


@compiled
def below(random: Ints, n: int) -> int:
    """Return a random integer from 0 to n - 1."""
    return min(n - 1, int(drawn(random) * n))


@compiled
def _copy_day(a: WeekState, b: WeekState, i: int) -> None:
    """Copy a day of state a to state b; positions known in b are valid again if the version is the same."""
    size = a.length[i]
    b.length[i], b.cost[i], b.work_min[i], b.version[i] = size, a.cost[i], a.work_min[i], a.version[i]
    b.route[i, :size] = a.route[i, :size]
    b.ready_min[i, :size] = a.ready_min[i, :size]
    b.latest_min[i, :size] = a.latest_min[i, :size]
    if a.label_count.shape[1]:
        for p in range(size):
            b.label_count[i, p] = a.label_count[i, p]
            b.labels[i, p, : a.label_count[i, p]] = a.labels[i, p, : a.label_count[i, p]]


@compiled
def restore(w: WeekArrays, s: WeekState, saved: WeekState, touched: Ints) -> None:
    """Restore touched days to their saved state."""
    for i in range(touched.shape[0]):
        if touched[i]:
            for p in range(s.length[i]):
                s.day_of[s.route[i, p]] = -1
    for i in range(touched.shape[0]):
        if touched[i]:
            _copy_day(saved, s, i)
            s.held[i, :] = 0
            for p in range(s.length[i]):
                v = s.route[i, p]
                s.day_of[v] = i
                if w.group[v] >= 0:
                    s.held[i, w.group[v]] += 1


@compiled
def save(s: WeekState, saved: WeekState, touched: Ints, i: int) -> None:
    """Save a day before its first change in a round."""
    if touched[i] == 0:
        touched[i] = 1
        _copy_day(s, saved, i)


@compiled
def _ruin_strings(w: WeekArrays, s: WeekState, saved: WeekState, touched: Ints, random: Ints) -> None:
    """Remove strings of stops from the days that pass near one visit, planned or not."""
    days = w.kind.shape[0]
    filled = 0
    stops = 0
    for i in range(days):
        filled += s.length[i] > 0
        stops += s.length[i]
    if filled == 0:
        return
    longest = min(LONGEST_STRING, stops / filled)
    average = 4.0 * LONGEST_STRING / (1.0 + longest) - 1.0
    strings = int(1.0 + drawn(random) * max(1.0, min(average, float(filled))))
    seed = below(random, w.penalty.shape[0])
    for c in range(w.near.shape[1]):
        v = w.near[seed, c]
        i = s.day_of[v]
        if i < 0 or touched[i]:
            continue
        save(s, saved, touched, i)
        at = _position(s, i, v)
        many = int(1.0 + drawn(random) * min(longest, float(s.length[i])))
        begin = at - below(random, many)
        begin = max(0, min(begin, s.length[i] - many))
        take_out(w, s, i, begin, min(many, s.length[i] - begin))
        strings -= 1
        if strings <= 0:
            return


@compiled
def _ruin_pieces(
    w: WeekArrays, s: WeekState, saved: WeekState, touched: Ints, random: Ints, part: float
) -> None:
    """Remove a piece from one or two days: up to `part` of each."""
    days = w.kind.shape[0]
    for _ in range(1 + below(random, 2)):
        i = below(random, days)
        if s.length[i] == 0 or touched[i]:
            continue
        save(s, saved, touched, i)
        many = max(1, min(s.length[i], int(drawn(random) * part * s.length[i] + 0.5)))
        take_out(w, s, i, below(random, s.length[i] - many + 1), many)


@compiled
def _ruin_neighbours(w: WeekArrays, s: WeekState, saved: WeekState, touched: Ints, random: Ints) -> None:
    """Remove the stops nearest to one visit, from any place of their days."""
    many = 1 + below(random, MOST_NEIGHBOURS)
    seed = below(random, w.penalty.shape[0])
    for c in range(w.near.shape[1]):
        v = w.near[seed, c]
        i = s.day_of[v]
        if i < 0:
            continue
        save(s, saved, touched, i)
        take_out(w, s, i, _position(s, i, v), 1)
        many -= 1
        if many <= 0:
            return


@compiled
def _position(s: WeekState, i: int, v: int) -> int:
    """Return where visit v stands in the route of its day."""
    at = 0
    while s.route[i, at] != v:
        at += 1
    return at


@compiled
def _ruin_singles(
    w: WeekArrays, s: WeekState, saved: WeekState, touched: Ints, random: Ints, many: int
) -> None:
    """Remove single stops from any days."""
    for _ in range(many):
        i = below(random, w.kind.shape[0])
        if s.length[i]:
            save(s, saved, touched, i)
            take_out(w, s, i, below(random, s.length[i]), 1)


@compiled
def ruin(w: WeekArrays, s: WeekState, saved: WeekState, touched: Ints, random: Ints) -> None:
    """Remove visits from some days, in one of five ways; the days are saved and marked as touched."""
    pick = drawn(random)
    if pick < STRINGS:
        _ruin_strings(w, s, saved, touched, random)
    elif pick < PIECES:
        _ruin_pieces(w, s, saved, touched, random, 0.7)
    elif pick < NEIGHBOURS:
        _ruin_neighbours(w, s, saved, touched, random)
    elif pick < SINGLES:
        _ruin_singles(w, s, saved, touched, random, 1 + below(random, 6))
    else:
        _ruin_pieces(w, s, saved, touched, random, 2.0)
