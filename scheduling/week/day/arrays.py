"""A week instance as arrays for the compiled kernels, one record for each kind of day."""

from dataclasses import dataclass

import numpy as np

from data.base.compiled import Ints
from scheduling.week.day.labels import (
    BREAK_CAP,
    BREAK_MIN,
    END,
    FIRST_BREAK,
    MAX_STRETCH,
    MAX_WORK,
    PIECE,
    RULES,
    START,
    STRETCH_CAP,
    STRETCH_FROM,
    UNLIMITED,
    WORK_MIN,
)
from scheduling.week.instance import WeekInstance


@dataclass(frozen=True)
class DayArrays:
    """One kind of day; visit v is row v of `leg_min`, the start node row n, the end node column n + 1.

    Rows are where a service ends, columns where it begins.

    `home_min[v]` is the least travel from v to the end node by any way, since a detour may be shorter than
    the leg. The intervals of visit v are rows `first[v]:first[v + 1]` of `opens`, `closes`, `prices`. `days`
    are the days of the week of this kind. Breaks are counted in full (`exact_work`) only if a limit on work
    can bind; otherwise only up to what the law may require.
    """

    days: tuple[int, ...]
    rules: Ints
    totals: Ints
    leg_min: Ints
    home_min: Ints
    duration_min: Ints
    first: Ints
    opens: Ints
    closes: Ints
    prices: Ints
    exact_work: bool


def day_kinds(week: WeekInstance) -> tuple[DayArrays, ...]:
    """Return the kinds of working days; days of a kind have the same shift, windows and promises."""
    exact = week_limit_can_bind(week)
    kinds: dict[tuple[object, ...], list[int]] = {}
    for d, day in enumerate(week.days):
        if day is None:
            continue
        promised = tuple(v.id for v in week.visits if v.promise is not None and v.promise.day == d)
        windows = tuple(v.windows[d] for v in week.visits)
        key = (day.model_copy(update={"from_node": week.from_node(d), "to_node": week.to_node(d)}), windows)
        kinds.setdefault((*key, promised), []).append(d)
    return tuple(_arrays(week, tuple(days), exact) for days in kinds.values())


def most_work(week: WeekInstance, d: int) -> int:
    """Return an upper bound on the work of day d: its shift minus the breaks required for that much work."""
    day = week.days[d]
    if day is None:
        return 0
    done = day.so_far.work_min if day.so_far else 0
    taken = day.so_far.break_min if day.so_far else 0
    whole = done + day.end - day.start - day.off_before(day.end)
    bounds = [whole]
    if week.breaks is not None:
        # Either the work stays at `above`, or the breaks it requires reduce the shift.
        bounds += [max(above, whole - max(0, total - taken)) for above, total in week.breaks.totals]
    if week.max_work_min is not None:
        bounds.append(week.max_work_min)
    # Work done counts for the week, even where it is past the day's limit and no visit may follow.
    return max(done, min(bounds))


def week_limit_can_bind(week: WeekInstance) -> bool:
    """Return whether any choice of days could exceed the week's limit on work."""
    limit = week.max_week_work_min
    return limit is not None and sum(most_work(week, d) for d in range(len(week.days))) > limit


def _arrays(week: WeekInstance, days: tuple[int, ...], exact: bool) -> DayArrays:
    d = days[0]
    n = len(week.visits)
    nodes, left_from = [v.node for v in week.visits], [v.left_from for v in week.visits]
    travel = np.array(week.travel_min, dtype=np.int64)
    here, there = [*left_from, week.from_node(d)], [*nodes, week.from_node(d), week.to_node(d)]
    leg = travel[np.ix_(here, there)]
    rules, totals, exact = _rules(week, d, exact)
    first, rows = np.zeros(n + 1, dtype=np.int64), []
    for v in range(n):
        rows += _intervals(week, v, d)
        first[v + 1] = len(rows)
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return DayArrays(
        days=days,
        rules=rules,
        totals=totals,
        leg_min=leg,
        home_min=_shortest(week)[left_from, week.to_node(d)] if n else np.zeros(0, dtype=np.int64),
        duration_min=np.array([v.duration_min for v in week.visits], dtype=np.int64),
        first=first,
        opens=table[:, 0].copy(),
        closes=table[:, 1].copy(),
        prices=table[:, 2].copy(),
        exact_work=exact,
    )


def _rules(week: WeekInstance, d: int, exact: bool) -> tuple[Ints, Ints, bool]:
    day = week.days[d]
    assert day is not None
    so_far, law = day.so_far, week.breaks
    most = (so_far.work_min if so_far else 0) + day.end - day.start - day.off_before(day.end)
    max_work = UNLIMITED if week.max_work_min is None else week.max_work_min
    exact = exact or (week.max_work_min is not None and most > week.max_work_min)
    totals = [pair for pair in law.totals if pair[0] < most] if law else []
    rules = np.full(RULES + 2 * len(day.off) + 2, UNLIMITED, dtype=np.int64)
    rules[RULES:-2] = np.ravel(day.off)
    rules[START], rules[END] = day.start, day.end
    rules[STRETCH_FROM] = so_far.stretch_from if so_far else day.start
    rules[BREAK_MIN] = so_far.break_min if so_far else 0
    rules[WORK_MIN] = so_far.work_min if so_far else 0
    rules[MAX_WORK] = max_work
    rules[MAX_STRETCH] = law.max_stretch_min if law else UNLIMITED
    rules[PIECE] = law.piece_min if law else 0
    rules[FIRST_BREAK] = week.first_break(d) if law else day.start
    # A stretch that began at the cap or later cannot become too long before the shift ends.
    rules[STRETCH_CAP] = day.end - law.max_stretch_min if law else rules[STRETCH_FROM]
    asked = max((total for _, total in totals), default=0)
    rules[BREAK_CAP] = UNLIMITED if exact else max(asked, rules[BREAK_MIN])
    return rules, np.array(totals, dtype=np.int64).reshape(-1, 2), exact


def _intervals(week: WeekInstance, v: int, d: int) -> list[tuple[int, int, int]]:
    """List (opens, closes, price): keeping a promise is free, breaking it costs on any day."""
    day, visit, promise = week.days[d], week.visits[v], week.visits[v].promise
    assert day is not None
    windows = list(visit.windows[d])
    for begin, end in day.off:
        windows = [
            (opens, closes)
            for first, last in windows
            for opens, closes in ((first, min(last, begin - visit.duration_min)), (max(first, end), last))
            if opens <= closes
        ]
    if promise is None:
        return [(opens, closes, 0) for opens, closes in windows]
    rows = [(opens, closes, promise.cost) for opens, closes in windows]
    if promise.day == d:
        for opens, closes in windows:
            kept = max(opens, promise.from_min), min(closes, promise.to_min)
            if kept[0] <= kept[1]:
                rows.append((*kept, 0))
    return rows


def _shortest(week: WeekInstance) -> Ints:
    """Return the shortest ways between all nodes, by travel and by visits (Floyd and Warshall)."""
    ways = np.array(week.travel_min, dtype=np.int64)
    for visit in week.visits:
        way = visit.node, visit.left_from
        ways[way] = min(ways[way], visit.duration_min)
    for k in range(len(ways)):
        np.minimum(ways, ways[:, k : k + 1] + ways[k : k + 1, :], out=ways)
    return ways
