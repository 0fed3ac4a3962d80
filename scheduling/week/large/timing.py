"""The canonical times of days with known order: earliest return, latest departure, earliest starts.

Days without breaks are timed directly, by one pass in each direction. For other days only their own visits
are listed: a few of them in any order, which may be cheaper, many of them only in the given order.
"""

from dataclasses import replace

import numpy as np

from scheduling.week.day.arrays import DayArrays
from scheduling.week.day.routes import DayRoutes, list_day
from scheduling.week.day.timing import TimedDay, timed_day
from scheduling.week.instance import PlannedDay, PlannedStop, WeekInstance

ANY_ORDER = 11
"""Maximum number of stops for which all orders of a day are tried."""
TOO_FAR = 1 << 30
NO_STEPS = 1 << 60
Window = tuple[int, int]


def plain_day(week: WeekInstance, d: int, order: list[int]) -> PlannedDay:
    """Return the times of a day without breaks, whose visits have the same price in all their windows."""
    day = week.days[d]
    assert day is not None
    visits = [week.visits[v] for v in order]
    left = [week.from_node(d), *(visit.left_from for visit in visits)]
    reached = [*(visit.node for visit in visits), week.to_node(d)]
    legs = [week.travel_min[a][b] for a, b in zip(left, reached, strict=True)]
    starts = _earliest(week, d, order, day.start + legs[0], legs)
    back = starts[-1] + visits[-1].duration_min + legs[-1]
    until = back
    for visit, leg in zip(reversed(visits), reversed(legs), strict=False):
        until -= leg + visit.duration_min
        until = max(min(until, b) for a, b in visit.windows[d] if a <= until)
    leave = until - legs[0]
    stops, here, now = [], 0, leave
    for p, start in enumerate(_earliest(week, d, order, until, legs)):
        end = start + visits[p].duration_min
        stops.append(PlannedStop(id=visits[p].id, arrive=now + legs[here], start=start, end=end))
        here, now = p + 1, end
    return PlannedDay(leave=leave, back=back, stops=tuple(stops))


def _earliest(week: WeekInstance, d: int, order: list[int], arrive: int, legs: list[int]) -> list[int]:
    """Return the earliest starts of the services when arriving at the first stop at `arrive`."""
    starts = []
    for v, leg in zip(order, legs[1:], strict=True):
        visit = week.visits[v]
        starts.append(min(max(arrive, a) for a, b in visit.windows[d] if arrive <= b))
        arrive = starts[-1] + visit.duration_min + leg
    return starts


def ruled_day(kind: DayArrays, order: list[int], ids: list[str], least_work: bool) -> TimedDay:
    """Return the times of a day by the label rules, at least cost and, with `least_work`, least work."""
    routes = _listed_alone(kind, order, any_order=len(order) <= ANY_ORDER and not least_work)
    whole = np.flatnonzero(routes.mask == (1 << len(order)) - 1)
    best = int(whole[np.lexsort((routes.work_min[whole], routes.cost[whole]))[0]])
    work = int(routes.work_min[best]) if least_work else None
    names = [ids[v] for v in order]
    return timed_day(routes, best, names, work)


def _listed_alone(kind: DayArrays, order: list[int], any_order: bool) -> DayRoutes:
    """List the routes of the visits of one day."""
    n, size = len(kind.duration_min), len(order)
    here, there = [*order, n], [*order, n, n + 1]
    leg = kind.leg_min[np.ix_(here, there)]
    if not any_order:
        given = np.full_like(leg, TOO_FAR)
        for a, b in zip([size, *range(size)], [*range(size), size + 1], strict=True):
            given[a, b] = leg[a, b]
        leg = given
    rows = [np.arange(kind.first[v], kind.first[v + 1]) for v in order]
    picked = np.concatenate(rows)
    alone = replace(
        kind,
        leg_min=leg,
        home_min=kind.home_min[order],
        duration_min=kind.duration_min[order],
        first=np.cumsum([0, *(len(row) for row in rows)]).astype(np.int64),
        opens=kind.opens[picked],
        closes=kind.closes[picked],
        prices=kind.prices[picked],
    )
    never = np.zeros(1, dtype=np.int64)
    return list_day(alone, 1 << np.arange(size, dtype=np.int64), never, NO_STEPS)
