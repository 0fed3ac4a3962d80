"""The label rules of one day: how a partial route with its breaks is extended, compared and closed (numba).

A label is (cost, time, stretch_from, break_min, grow): the travel and promise costs so far; the time after
the last service; when the current stretch of work began; the minutes of breaks so far; and by how many
minutes the latest break may still grow, which moves time, stretch_from and break_min alike. One label thus
represents a whole family of plans: a new break may grow without limit, a later wait absorbs growth, the end
of a window cuts it, and a second window on the same day splits it. A break that may not begin yet is waited
for, and the stretch of work lasts until it begins. A time off ends a stretch and begins another, and what is
done before it ends by then; a label has gone through those that begin before its time.

`rules` is an int64 vector indexed by the constants below, then (begin, end) of each time off in order, and
(UNLIMITED, UNLIMITED) once or more; times are minutes after midnight.
"""

from data.base.compiled import Ints, compiled_leaf

START, END, STRETCH_FROM, BREAK_MIN, WORK_MIN = 0, 1, 2, 3, 4
MAX_STRETCH, PIECE, MAX_WORK, STRETCH_CAP, BREAK_CAP, FIRST_BREAK = 5, 6, 7, 8, 9, 10
RULES = 11
UNLIMITED = 1 << 40
BUFFER = 4096

COST, TIME, PARENT, LAST, PLAIN_FIELDS = 0, 1, 2, 3, 4
"""Columns of a label: its cost and time, its parent label, and its last visit.

If breaks cannot matter, there are no others.
"""
FROM, BREAKS, GROW, FIELDS = 4, 5, 6, 7


@compiled_leaf
def keep_label(
    buffer: Ints, count: int, cost: int, time: int, stretch_from: int, break_min: int, grow: int, parent: int
) -> int:
    """Add a label unless another one dominates it, and drop those that it dominates; return the new count.

    A dominates B if it costs no more, is no later by `a` ≥ 0 minutes, and some growth of A matches every
    growth of B: what A lacks in stretch or breaks (`lack`) is at most `a`, and A can grow that much further.
    """
    for k in range(count):
        if buffer[k, COST] <= cost and buffer[k, TIME] <= time:
            lack = max(stretch_from - buffer[k, FROM], break_min - buffer[k, BREAKS])
            if lack <= time - buffer[k, TIME] and lack + grow <= buffer[k, GROW]:
                return count
    kept = 0
    for k in range(count):
        dominated = False
        if cost <= buffer[k, COST] and time <= buffer[k, TIME]:
            lack = max(buffer[k, FROM] - stretch_from, buffer[k, BREAKS] - break_min)
            dominated = lack <= buffer[k, TIME] - time and lack + buffer[k, GROW] <= grow
        if not dominated:
            if kept != k:
                for f in range(FIELDS):
                    buffer[kept, f] = buffer[k, f]
            kept += 1
    if kept >= buffer.shape[0]:
        raise MemoryError("more labels at one state than the buffer holds")
    buffer[kept, COST] = cost
    buffer[kept, TIME] = time
    buffer[kept, FROM] = stretch_from
    buffer[kept, BREAKS] = break_min
    buffer[kept, GROW] = grow
    buffer[kept, PARENT] = parent
    return kept + 1


@compiled_leaf
def next_off(rules: Ints, time: int) -> int:
    """Return the position in `rules` of the first time off that begins at `time` or later."""
    off = RULES
    while rules[off] < time:
        off += 2
    return off


@compiled_leaf
def count_off(rules: Ints, off: int) -> int:
    """Return how many times off there are from a position in `rules` on."""
    count = 0
    while rules[off + 2 * count] < UNLIMITED:
        count += 1
    return count


@compiled_leaf
def ways_to_leave(rules: Ints) -> int:
    """Return how many ways there are at most to leave a stop: 2 if the day has no time off."""
    return (4 << count_off(rules, RULES)) - 2


@compiled_leaf
def rest(rules: Ints, until: int, time: int, stretch_from: int, break_min: int) -> tuple[int, int, int, int]:
    """Begin a break as soon as one may; return as `stand` does."""
    begins = max(time, rules[FIRST_BREAK])
    ends = begins + rules[PIECE]
    if begins - stretch_from > rules[MAX_STRETCH] or ends > until:
        return -1, 0, 0, 0
    return ends, ends, break_min + rules[PIECE], until - ends


@compiled_leaf
def stand(
    rules: Ints, off: int, crossed: int, rests: int, time: int, stretch_from: int, break_min: int, grow: int
) -> tuple[int, int, int, int]:
    """Stay where a label is; return its (time, stretch_from, break_min, grow), with time −1 if impossible.

    It goes through `crossed` times off, the first at position `off` of `rules`, with a break before each and
    one at the end if `rests` has the bit. Before a time off the latest break grows as far as it can.
    """
    for c in range(crossed + 1):
        if (rests >> c) & 1:
            time, stretch_from, break_min, grow = rest(rules, rules[off], time, stretch_from, break_min)
            if time < 0:
                break
        if c < crossed:
            longer = min(rules[off] - time, grow)
            if rules[off] - (stretch_from + longer) > rules[MAX_STRETCH]:
                return -1, 0, 0, 0
            time = rules[off + 1]
            stretch_from, break_min, grow = time, break_min + longer, 0
            off += 2
    return time, stretch_from, break_min, grow


@compiled_leaf
def extend_label(
    rules: Ints, leg: int, home: int, duration: int, opens: Ints, closes: Ints, prices: Ints, a: int, b: int,
    cost: int, time: int, stretch_from: int, break_min: int, grow: int, parent: int,
    buffer: Ints, count: int, may_stand: bool = True,
) -> int:  # fmt: skip
    """Extend one label by a visit, in each way to stand before leaving and on arrival; return the count.

    `may_stand` False forbids to stand before leaving (the time of leaving is then the label's own). `leg` is
    the travel to the visit, `home` the least travel from it to the day's end node by any way, rows `a` to `b`
    of `opens`, `closes`, `prices` the intervals in which its service may start and the cost of each.
    """
    end = rules[END]
    useful = rules[PIECE] > 0 and (stretch_from < rules[STRETCH_CAP] or break_min < rules[BREAK_CAP])
    off = next_off(rules, time)
    many = count_off(rules, off)
    for leaving in range(many + 1 if may_stand else 1):
        for rests in range(2 << leaving if useful and may_stand else 1):
            left, left_from, left_breaks, left_grow = time, stretch_from, break_min, grow
            if leaving == 0 and rests == 1:
                left, left_from, left_breaks, left_grow = rest(
                    rules, rules[off], time, stretch_from, break_min
                )
            elif leaving > 0:
                left, left_from, left_breaks, left_grow = stand(
                    rules, off, leaving, rests, time, stretch_from, break_min, grow
                )
            there, until = left + leg, rules[off + 2 * leaving]
            if left < 0 or there > until:
                continue
            left_grow = min(left_grow, until - there)
            for crossed in range(leaving, many + 1):
                until = rules[off + 2 * crossed]
                for arriving in range(2 << (crossed - leaving) if useful else 1):
                    ready, begun, taken, room = there, left_from, left_breaks, left_grow
                    if crossed == leaving and arriving == 1:
                        ready, begun, taken, room = rest(rules, until, there, left_from, left_breaks)
                    elif crossed > leaving:
                        ready, begun, taken, room = stand(
                            rules, off + 2 * leaving, crossed - leaving, arriving,
                            there, left_from, left_breaks, left_grow,
                        )  # fmt: skip
                    if ready < 0:
                        continue
                    for k in range(a, b):
                        if ready > closes[k]:
                            continue
                        starts = max(ready, opens[k])
                        absorbed = min(starts - ready, room)
                        finished = starts + duration
                        if finished - (begun + absorbed) > rules[MAX_STRETCH]:
                            continue
                        if finished > until or finished + home > end:
                            continue
                        count = keep_label(
                            buffer, count, cost + leg + prices[k], finished,
                            min(begun + absorbed, rules[STRETCH_CAP]),
                            min(taken + absorbed, rules[BREAK_CAP]),
                            min(room - absorbed, closes[k] - starts, end - finished - home, until - finished),
                            parent,
                        )  # fmt: skip
    return count


@compiled_leaf
def required_break(totals: Ints, work: int) -> int:
    """Return the least breaks for a day's work; `totals` has rows (work above, breaks at least)."""
    needed = 0
    for k in range(totals.shape[0]):
        if work > totals[k, 0]:
            needed = max(needed, totals[k, 1])
    return needed


@compiled_leaf
def close_label(
    rules: Ints, totals: Ints, leg: int,
    cost: int, time: int, stretch_from: int, break_min: int, grow: int, best: Ints,
) -> int:  # fmt: skip
    """Drive home from a label, in each way to stand before leaving; offer (cost, work, back) to `best`.

    `best` is an int64 matrix of at least `ways_to_leave` rows, filled from the top; returns the number of
    filled rows.
    """
    found, off = 0, next_off(rules, time)
    many, at_work_from = count_off(rules, off), rules[START] - rules[WORK_MIN] - rules[BREAK_MIN]
    for k in range(RULES, off, 2):
        at_work_from += rules[k + 1] - rules[k]
    for crossed in range(many + 1):
        until = min(rules[END], rules[off + 2 * crossed])
        for rests in range(2 << crossed if rules[PIECE] > 0 else 1):
            left, begun, taken, room = time, stretch_from, break_min, grow
            if crossed == 0 and rests == 1:
                left, begun, taken, room = rest(rules, until, time, stretch_from, break_min)
            elif crossed > 0:
                left, begun, taken, room = stand(
                    rules, off, crossed, rests, time, stretch_from, break_min, grow
                )
            back = left + leg
            if left < 0 or back > until or back - begun > rules[MAX_STRETCH]:
                continue
            work = back - at_work_from - taken
            missing = max(0, required_break(totals, work) - taken)
            if work > rules[MAX_WORK] or missing > room or back + missing > until:
                continue
            best[found, 0] = cost + leg
            best[found, 1] = work
            best[found, 2] = back + missing
            found += 1
        at_work_from += rules[off + 2 * crossed + 1] - rules[off + 2 * crossed]
    return found
