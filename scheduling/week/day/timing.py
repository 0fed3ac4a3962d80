"""The canonical times of a day route: earliest return, then latest departure, then earliest starts.

The route's visits, its cost (and so which promises it keeps) and its limit on work are given; the label rules
determine minute by minute what is still possible. Breaks then fill the idle gaps.
"""

from dataclasses import dataclass

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.day.arrays import DayArrays
from scheduling.week.day.labels import (
    BREAK_CAP,
    BREAK_MIN,
    BREAKS,
    BUFFER,
    COST,
    FIELDS,
    FROM,
    GROW,
    MAX_STRETCH,
    MAX_WORK,
    PIECE,
    START,
    STRETCH_FROM,
    TIME,
    UNLIMITED,
    WORK_MIN,
    close_label,
    extend_label,
    required_break,
)
from scheduling.week.day.routes import DayRoutes
from scheduling.week.instance import PlannedBreak, PlannedDay, PlannedStop

NOTHING = -1


@dataclass(frozen=True)
class TimedDay:
    """A day with its times, and its work in minutes (start of shift to return, minus breaks)."""

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
    return _with_breaks(kind, order, ids, int(leave), int(back), [int(s) for s in starts], most_work)


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
    count = 1
    labels[0, COST], labels[0, TIME], labels[0, GROW] = 0, max(leave, rules[START]), 0
    labels[0, FROM], labels[0, BREAKS] = rules[STRETCH_FROM], rules[BREAK_MIN]
    rested = leave - rules[START]
    if leave != NOTHING and rules[PIECE] > 0 and rested >= rules[PIECE]:
        labels[1] = labels[0]
        labels[1, FROM], labels[1, BREAKS] = leave, rules[BREAK_MIN] + rested
        count = 2
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
    closing = np.empty((2, 3), dtype=np.int64)
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


@dataclass(frozen=True)
class _Gap:
    """Idle minutes between two services: `leg_min` of them are driving, with a break before or after."""

    free_from: int
    free_until: int
    leg_min: int
    may_rest_before: bool
    may_rest_after: bool

    def choices(self, piece: int) -> list[tuple[tuple[int, int], ...]]:
        """Return the ways to rest in this gap that leave no idle minute, if there are any."""
        idle = self.free_until - self.free_from - self.leg_min
        arrival = self.free_from + self.leg_min
        found: list[tuple[tuple[int, int], ...]] = []
        if piece and idle >= piece:
            if self.may_rest_after:
                found.append(((arrival, self.free_until),))
            if self.may_rest_before:
                found.append(((self.free_from, self.free_from + idle),))
            if self.may_rest_before and self.may_rest_after and idle >= 2 * piece:
                first = (self.free_from, self.free_from + piece)
                found.append((first, (arrival + piece, self.free_until)))
        return found or [()]


def _with_breaks(
    kind: DayArrays,
    order: list[int],
    ids: list[str],
    leave: int,
    back: int,
    starts: list[int],
    most_work: int,
) -> TimedDay:
    """Fill the idle gaps with breaks; time before leaving is desk work, with a break only if necessary."""
    n = len(kind.duration_min)
    rules = kind.rules
    ends = [start + int(kind.duration_min[v]) for start, v in zip(starts, order, strict=True)]
    legs = [int(kind.leg_min[a, b]) for a, b in zip([n, *order], [*order, n + 1], strict=True)]
    gaps = [_Gap(int(rules[START]), leave, 0, may_rest_before=True, may_rest_after=False)]
    gaps.append(_Gap(leave, starts[0], legs[0], may_rest_before=False, may_rest_after=True))
    gaps += [
        _Gap(end, start, leg, True, True) for end, start, leg in zip(ends, starts[1:], legs[1:], strict=False)
    ]
    gaps.append(_Gap(ends[-1], back, legs[-1], may_rest_before=True, may_rest_after=False))
    piece, stretch = int(rules[PIECE]), int(rules[MAX_STRETCH])
    for before_leaving in ((), *gaps[0].choices(piece)):
        begun = before_leaving[-1][1] if before_leaving else int(rules[STRETCH_FROM])
        rests = _rests(gaps[1:], piece, stretch, begun, back)
        if rests is None:
            continue
        chosen = [before_leaving, *rests]
        breaks = tuple(PlannedBreak(start=a, end=b) for rest in chosen for a, b in rest)
        rested = sum(b.end - b.start for b in breaks)
        work = int(rules[WORK_MIN]) + back - int(rules[START]) - rested
        if work <= most_work and rested + int(rules[BREAK_MIN]) >= required_break(kind.totals, work):
            break
    else:
        raise AssertionError("a timed route has no room for breaks: label rules contradict themselves")
    stops = []
    for p, v in enumerate(order):
        gap, rest = gaps[p + 1], chosen[p + 1]
        rested_before = sum(b - a for a, b in rest if gap.may_rest_before and a == gap.free_from)
        arrive = gap.free_from + rested_before + gap.leg_min
        stops.append(PlannedStop(id=ids[v], arrive=arrive, start=starts[p], end=ends[p]))
    return TimedDay(PlannedDay(leave=leave, back=back, stops=tuple(stops), breaks=breaks), work)


def _rests(
    gaps: list[_Gap], piece: int, max_stretch: int, stretch_from: int, back: int
) -> list[tuple[tuple[int, int], ...]] | None:
    """Choose how to rest in each gap so that no stretch is too long; rest on arrival is preferred."""
    if not gaps:
        return [] if back - stretch_from <= max_stretch else None
    for choice in gaps[0].choices(piece):
        begun = stretch_from
        for start, end in choice:
            if start - begun > max_stretch:
                break
            begun = end
        else:
            rest = _rests(gaps[1:], piece, max_stretch, begun, back)
            if rest is not None:
                return [choice, *rest]
    return None
