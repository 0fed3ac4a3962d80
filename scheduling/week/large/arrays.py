"""A week of any size as arrays, and the state of a search: the data of the kernels for large weeks."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints
from scheduling.week.day.arrays import DayArrays, day_kinds
from scheduling.week.day.labels import (
    END,
    FIELDS,
    MAX_STRETCH,
    MAX_WORK,
    PIECE,
    RULES,
    START,
    STRETCH_FROM,
    UNLIMITED,
    WORK_MIN,
)
from scheduling.week.instance import WeekInstance

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

KEPT_LABELS = 48
"""Maximum number of labels at one stop; any others are ignored."""
NEIGHBOURS = 64
"""Number of nearest visits stored for each visit."""
NO_LIMIT = 1 << 60
DEAREST = 1 << 60
"""Upper limit on the total penalty of leaving out all required visits."""


class WeekArrays(NamedTuple):
    """A week: rows of kinds of day (k) and visits (v); times in minutes, costs as in the objective.

    `leg_min[k, v, w]` is travel, with row n from the start of the day and column n + 1 to its end;
    `shortest_home_min[k, v]` is the least travel to the end by any way. The intervals of visit v on a day of
    kind k are rows `first[k, v]:first[k, v + 1]` of `opens`, `closes`, `prices`, sorted by time.
    `labelled[k]` says that breaks, time off or promises matter there; otherwise `end_min[k]` includes the
    limit on a day's work. `day[i]` is the index in the week of the i-th working day, `kind[i]` its kind.
    `penalty[v]` is the cost of leaving v out, more than anything else for a required visit.
    """

    leg_min: Ints
    shortest_home_min: Ints
    duration_min: Ints
    first: Ints
    opens: Ints
    closes: Ints
    prices: Ints
    rules: Ints
    totals: Ints
    labelled: Bools
    start_min: Ints
    end_min: Ints
    day: Ints
    kind: Ints
    penalty: Ints
    log_penalty: Floats
    group: Ints
    near: Ints
    max_days: int
    max_work_min: int


class WeekState(NamedTuple):
    """A plan during search; rows are working days (i), positions in their routes (p) and visits (v).

    `ready_min[i, p]` is the earliest end of a service and `latest_min[i, p]` its latest start, ignoring
    breaks; `cost[i]` and `work_min[i]` are those of a day, `labels` its labels after each stop. `least[i, v]`
    is the least added cost of visit v on day i (NO_LIMIT: no room), at position `place[i, v]`, and `strain[i,
    v]` the logarithm of the resources it takes; they are valid if `stamp[i, v]` equals `version[i]`, which
    changes with the day (`clock` counts the versions). `held[i, g]` counts visits of a group.
    """

    route: Ints
    length: Ints
    ready_min: Ints
    latest_min: Ints
    cost: Ints
    work_min: Ints
    day_of: Ints
    held: Ints
    labels: Ints
    label_count: Ints
    least: Ints
    place: Ints
    strain: Floats
    version: Ints
    stamp: Ints
    clock: Ints


def week_arrays(week: WeekInstance) -> WeekArrays:
    """Return a week as arrays, without days on which nothing more may be done."""
    kinds = [kind for kind in day_kinds(week) if _may_go_on(kind)]
    n = len(week.visits)
    nodes = [visit.node for visit in week.visits]
    leg = np.array(week.travel_min, dtype=np.int64)[np.ix_([visit.left_from for visit in week.visits], nodes)]
    days = sorted((d, k) for k, kind in enumerate(kinds) for d in kind.days)
    most_totals = max((len(kind.totals) for kind in kinds), default=0)
    totals = np.zeros((len(kinds), most_totals, 2), dtype=np.int64)
    for k, kind in enumerate(kinds):
        totals[k, : len(kind.totals)] = kind.totals
    intervals = np.zeros((0, 3), dtype=np.int64)
    first = np.zeros((len(kinds), n + 1), dtype=np.int64)
    for k, kind in enumerate(kinds):
        first[k] = len(intervals) + kind.first
        intervals = np.vstack((intervals, _sorted_intervals(kind)))
    penalty = _penalties(week)
    names = {visit.group: g for g, visit in enumerate(week.visits) if visit.group is not None}
    longest = max((len(kind.rules) for kind in kinds), default=RULES)
    padding = [longest - len(kind.rules) for kind in kinds]
    rules = [
        np.pad(kind.rules, (0, p), constant_values=UNLIMITED) for kind, p in zip(kinds, padding, strict=True)
    ]
    rows = _stacked(rules, longest)
    done = sum(day.so_far.work_min for day in week.days if day is not None and day.so_far is not None)
    return WeekArrays(
        leg_min=np.array([kind.leg_min for kind in kinds], dtype=np.int64).reshape(-1, n + 1, n + 2),
        shortest_home_min=_stacked([kind.home_min for kind in kinds], n),
        duration_min=np.array([visit.duration_min for visit in week.visits], dtype=np.int64),
        first=first,
        opens=intervals[:, 0].copy(),
        closes=intervals[:, 1].copy(),
        prices=intervals[:, 2].copy(),
        rules=rows,
        totals=totals,
        labelled=np.array([_needs_labels(kind) for kind in kinds], dtype=np.bool_),
        start_min=rows[:, START].copy(),
        end_min=np.minimum(rows[:, END], rows[:, START] + rows[:, MAX_WORK] - rows[:, WORK_MIN]),
        day=np.array([d for d, _ in days], dtype=np.int64),
        kind=np.array([k for _, k in days], dtype=np.int64),
        penalty=penalty,
        log_penalty=np.log(1.0 + np.minimum(penalty, NO_LIMIT)),
        group=np.array([-1 if v.group is None else names[v.group] for v in week.visits], dtype=np.int64),
        near=np.argsort(leg + leg.T, axis=1, kind="stable")[:, : NEIGHBOURS + 1].astype(np.int64),
        max_days=len(days) if week.max_days is None else week.max_days,
        max_work_min=NO_LIMIT if week.max_week_work_min is None else week.max_week_work_min - done,
    )


def empty_state(arrays: WeekArrays) -> WeekState:
    """Return the state of an empty plan."""
    days, n = len(arrays.day), len(arrays.penalty)
    labelled = n if arrays.labelled.any() else 0

    def zeros(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    return WeekState(
        route=zeros(days, n),
        length=zeros(days),
        ready_min=zeros(days, n),
        latest_min=zeros(days, n),
        cost=zeros(days),
        work_min=zeros(days),
        day_of=np.full(n, -1, dtype=np.int64),
        held=zeros(days, n),
        labels=zeros(days, labelled, KEPT_LABELS, FIELDS),
        label_count=zeros(days, labelled),
        least=zeros(days, n),
        place=zeros(days, n),
        strain=np.zeros((days, n)),
        version=zeros(days),
        stamp=np.full((days, n), -1, dtype=np.int64),
        clock=zeros(1),
    )


def _penalties(week: WeekInstance) -> Ints:
    """Return the cost of leaving each visit out; a required one costs more than any plan."""
    left_out = [v.penalty + (v.promise.cost if v.promise else 0) for v in week.visits]
    travel = sum(day.end - day.start for day in week.days if day is not None)
    optional = sum(cost for visit, cost in zip(week.visits, left_out, strict=True) if not visit.required)
    promises = sum(v.promise.cost for v in week.visits if v.promise)
    required = sum(visit.required for visit in week.visits)
    dearest = min(optional + promises + travel + 1, DEAREST // max(1, required))
    return np.array(
        [dearest if v.required else cost for v, cost in zip(week.visits, left_out, strict=True)],
        dtype=np.int64,
    )


def _may_go_on(kind: DayArrays) -> bool:
    """Return whether the current stretch of a running day may continue."""
    return bool(kind.rules[START] - kind.rules[STRETCH_FROM] <= kind.rules[MAX_STRETCH])


def _needs_labels(kind: DayArrays) -> bool:
    """Return whether a day needs labels: time off, breaks required or useful, or a visit's price varies."""
    rests = kind.rules[PIECE] > 0 and (
        kind.exact_work
        or len(kind.totals) > 0
        or kind.rules[END] - kind.rules[STRETCH_FROM] > kind.rules[MAX_STRETCH]
    )
    prices = (kind.prices[a:b] for a, b in zip(kind.first, kind.first[1:], strict=False))
    has_off = kind.rules[RULES] < UNLIMITED
    return bool(has_off or rests or any(len(row) > 1 and row.min() < row.max() for row in prices))


def _sorted_intervals(kind: DayArrays) -> Ints:
    """Return (opens, closes, price) of every visit in turn, sorted by time."""
    table = np.stack((kind.opens, kind.closes, kind.prices), axis=1)
    visit = np.repeat(np.arange(len(kind.first) - 1), np.diff(kind.first))
    order = np.lexsort((kind.closes, kind.opens, visit))
    return table[order]


def _stacked(rows: list[Ints], width: int) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)
