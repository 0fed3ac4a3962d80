"""The canonical times of a day route: earliest return, then latest departure, then earliest starts.

The route's visits, its cost (and so which promises it keeps) and its limit on work are given; the label rules
determine minute by minute what is still possible. Breaks then fill the idle gaps
(`scheduling.week.day.breaks`).
"""

from dataclasses import dataclass

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.day.arrays import DayArrays
from scheduling.week.day.breaks import BreakRules, Standing, longest_breaks
from scheduling.week.day.labels import (
    BREAK_CAP,
    BREAK_MIN,
    BREAKS,
    BUFFER,
    COST,
    FIELDS,
    FIRST_BREAK,
    FROM,
    GROW,
    MAX_STRETCH,
    MAX_WORK,
    PIECE,
    RULES,
    START,
    STRETCH_FROM,
    TIME,
    UNLIMITED,
    WORK_MIN,
    close_label,
    count_off,
    extend_label,
    stand,
    ways_to_leave,
)
from scheduling.week.day.routes import DayRoutes
from scheduling.week.instance import PlannedBreak, PlannedDay, PlannedStop

NOTHING = -1


@dataclass(frozen=True)
class TimedDay:
    """A day with its times, its breaks as long as they can be, and its work (start of shift to return)."""

    day: PlannedDay
    work_min: int


def timed_day(routes: DayRoutes, route: int, ids: list[str], work_min: int | None = None) -> TimedDay:
    """Return the canonical times of one route of a day, with at most `work_min` minutes of work if given."""
    kind, order = routes.kind, routes.visits_in_order(route)
    most_work = int(kind.rules[MAX_WORK]) if work_min is None else work_min
    leave, back, starts = _canonical_times(
        exact_rules(kind.rules), kind.totals, kind.leg_min, kind.home_min, kind.duration_min,
        kind.first, kind.opens, kind.closes, kind.prices,
        np.array(order, dtype=np.int64), int(routes.cost[route]), most_work,
    )  # fmt: skip
    if back == NOTHING:
        raise AssertionError("a listed route has no times: the label rules contradict themselves")
    return _with_breaks(kind, order, ids, int(leave), int(back), [int(s) for s in starts])


def exact_rules(rules: Ints) -> Ints:
    """Return rules under which breaks, and so work, are counted in full."""
    exact = rules.copy()
    if exact[PIECE] > 0:
        exact[BREAK_CAP] = UNLIMITED
    return exact


@compiled
def earliest_back(
    rules: Ints, totals: Ints, leg_min: Ints, home_min: Ints, duration_min: Ints,
    order: Ints, first: Ints, opens: Ints, closes: Ints, prices: Ints,
    leave: int, cost: int, most_work: int, labels: Ints, following: Ints,
) -> int:  # fmt: skip
    """Return the earliest return of a sequence that leaves at `leave` (NOTHING: any time), or NOTHING.

    Intervals are indexed by position in the sequence here. The return must cost at most `cost`.
    """
    n = leg_min.shape[0] - 1
    count = _begun(rules, leave, labels)
    here = n
    for p in range(order.shape[0]):
        j = order[p]
        a, b = first[p], first[p + 1]
        found = 0
        for k in range(count):
            found = extend_label(
                rules, leg_min[here, j], home_min[j], duration_min[j], opens, closes, prices, a, b,
                labels[k, COST], labels[k, TIME], labels[k, FROM], labels[k, BREAKS], labels[k, GROW], 0,
                following, found, p > 0 or leave == NOTHING,
            )  # fmt: skip
        for k in range(found):
            labels[k] = following[k]
        count, here = found, j
    closing = np.empty((ways_to_leave(rules), 3), dtype=np.int64)
    best = NOTHING
    for k in range(count):
        for f in range(
            close_label(
                rules, totals, leg_min[here, n + 1], labels[k, COST], labels[k, TIME], labels[k, FROM],
                labels[k, BREAKS], labels[k, GROW], closing,
            )
        ):  # fmt: skip
            if closing[f, 0] <= cost and closing[f, 1] <= most_work and (best < 0 or closing[f, 2] < best):
                best = closing[f, 2]
    return best


@compiled
def _begun(rules: Ints, leave: int, labels: Ints) -> int:
    """Fill in the labels with which a day begins, those that leave at `leave` if given; return the count."""
    count, off = 0, RULES
    for crossed in range(1 if leave == NOTHING else count_off(rules, off) + 1):
        for rests in range(1 if leave == NOTHING or rules[PIECE] == 0 else 2 << crossed):
            time, begun, taken, grow = stand(
                rules, off, crossed, rests, rules[START], rules[STRETCH_FROM], rules[BREAK_MIN], 0
            )
            waited = 0 if leave == NOTHING else leave - time
            if time < 0 or waited < 0 or time + waited > rules[off + 2 * crossed]:
                continue
            labels[count, COST], labels[count, TIME], labels[count, GROW] = 0, time + waited, 0
            labels[count, FROM] = begun + min(waited, grow)
            labels[count, BREAKS] = taken + min(waited, grow)
            count += 1
    return count


@compiled
def _canonical_times(
    rules: Ints, totals: Ints, leg_min: Ints, home_min: Ints, duration_min: Ints,
    first: Ints, opens: Ints, closes: Ints, prices: Ints, order: Ints, cost: int, most_work: int,
) -> tuple[int, int, Ints]:  # fmt: skip
    """Return (leave, back, starts); back is NOTHING if the route is impossible at that cost and work."""
    size = order.shape[0]
    labels = np.empty((BUFFER, FIELDS), dtype=np.int64)
    following = np.empty((BUFFER, FIELDS), dtype=np.int64)
    # Intervals by position, which can be narrowed.
    begin = np.zeros(size + 1, dtype=np.int64)
    for p in range(size):
        begin[p + 1] = begin[p] + first[order[p] + 1] - first[order[p]]
    opened = np.empty(begin[size], dtype=np.int64)
    closed, priced = opened.copy(), opened.copy()
    for p in range(size):
        a, b = first[order[p]], first[order[p] + 1]
        opened[begin[p] : begin[p + 1]] = opens[a:b]
        closed[begin[p] : begin[p + 1]] = closes[a:b]
        priced[begin[p] : begin[p + 1]] = prices[a:b]
    starts = np.zeros(size, dtype=np.int64)
    back = earliest_back(
        rules, totals, leg_min, home_min, duration_min, order, begin, opened, closed, priced,
        NOTHING, cost, most_work, labels, following,
    )  # fmt: skip
    if back == NOTHING:
        return NOTHING, back, starts
    reach = leg_min[leg_min.shape[0] - 1, order[0]]
    leave = closed[: begin[1]].max() - reach
    while leave >= rules[START]:
        if back == earliest_back(
            rules, totals, leg_min, home_min, duration_min, order, begin, opened, closed, priced,
            leave, cost, most_work, labels, following,
        ):  # fmt: skip
            break
        leave -= 1
    ready = leave + reach
    for p in range(size):
        a, b = begin[p], begin[p + 1]
        wide_opened, wide_closed = opened[a:b].copy(), closed[a:b].copy()
        starts[p] = max(ready, wide_opened.min())
        while starts[p] <= wide_closed.max():
            for k in range(a, b):
                inside = wide_opened[k - a] <= starts[p] <= wide_closed[k - a]
                opened[k] = starts[p]
                closed[k] = starts[p] if inside else NOTHING
            if back == earliest_back(
                rules, totals, leg_min, home_min, duration_min, order, begin, opened, closed, priced,
                leave, cost, most_work, labels, following,
            ):  # fmt: skip
                break
            starts[p] += 1
        if p + 1 < size:
            ready = starts[p] + duration_min[order[p]] + leg_min[order[p], order[p + 1]]
    return leave, back, starts


def _with_breaks(
    kind: DayArrays, order: list[int], ids: list[str], leave: int, back: int, starts: list[int]
) -> TimedDay:
    """Fill the idle gaps with breaks; each leg leaves when what comes before it is over."""
    n, rules = len(kind.duration_min), kind.rules
    start = int(rules[START])
    ends = [begun + int(kind.duration_min[v]) for begun, v in zip(starts, order, strict=True)]
    legs = [int(kind.leg_min[a, b]) for a, b in zip([n, *order], [*order, n + 1], strict=True)]
    off = [(int(a), int(b)) for a, b in rules[RULES:].reshape(-1, 2) if b <= back]
    leaving = [leave, *([None] * (len(order) - 1)), back - legs[-1]]
    gaps = [
        Standing(since, until, leg, tuple((a, b) for a, b in off if since <= a and b <= until), left)
        for since, until, leg, left in zip([start, *ends], [*starts, back], legs, leaving, strict=True)
    ]
    law = BreakRules(
        int(rules[PIECE]), int(rules[FIRST_BREAK]), int(rules[MAX_STRETCH]), int(rules[STRETCH_FROM])
    )
    rested = longest_breaks(gaps, law)
    breaks = tuple(PlannedBreak(start=a, end=b) for _, rests in rested for a, b in rests)
    stops = tuple(
        PlannedStop(id=ids[v], arrive=left + legs[p], start=starts[p], end=ends[p])
        for p, (v, (left, _)) in enumerate(zip(order, rested, strict=False))
    )
    idle = sum(rest.end - rest.start for rest in breaks) + sum(b - a for a, b in off)
    work = int(rules[WORK_MIN]) + back - start - idle
    return TimedDay(PlannedDay(leave=leave, back=back, stops=stops, breaks=breaks), work)
