"""Estimate what companies cost or save in the current routes, by removal and insertion.

A company that leaves has its stops removed from the day routes. For a newcomer each visit is inserted where
it adds least travel in the week in which it is due: between two stops of a day that is open and has enough
minutes left, or on a day of its own. Nothing else moves. Opening hours within a day are left to the planner,
which has the final say on what this estimate proposes.
"""

from dataclasses import dataclass

import numpy as np

from data.base.compiled import Ints, compiled

NO_ROOM_MIN = 10_000
"""Charged for a visit that fits on no day: more than all travel of a week."""
DAYS = 7


@dataclass(frozen=True)
class StandingRoutes:
    """One buddy's planned weeks, seven days each, as arrays.

    `first` is the index of each day's first stop (plus one entry at the end). Each stop has a `node` in the
    travel matrix, an `owner` (position of its company, -1: it always stays) and service `minutes`. `room_min`
    are the remaining minutes of a day (-1: no shift), `week_room_min` those of a week, `days_left` how many
    more of its days may be used.
    """

    base: int
    first: Ints
    node: Ints
    owner: Ints
    minutes: Ints
    room_min: Ints
    week_room_min: Ints
    days_left: Ints


@dataclass(frozen=True)
class Newcomers:
    """Possible new companies as arrays, with the visits of each in the order of weeks.

    `first` is the index of each company's first visit (plus one entry at the end). Each visit has its `week`,
    service `minutes`, and as bits in `days` the possible days of that week.
    """

    node: Ints
    first: Ints
    week: Ints
    minutes: Ints
    days: Ints


def exchange_min(travel_min: Ints, routes: StandingRoutes, owners: int, who: Newcomers) -> tuple[Ints, Ints]:
    """Return the minutes that each owner saves by leaving, and those that each newcomer adds.

    The latter has shape (owners + 1, newcomers): row *k* after owner *k* has left, the last row with all
    owners.
    """
    saved = np.zeros(owners + 1, dtype=np.int64)
    added = np.zeros((owners + 1, len(who.node)), dtype=np.int64)
    for k in range(owners + 1):
        saved[k] = _after(
            travel_min, routes.base, k if k < owners else -2, routes.first, routes.node, routes.owner,
            routes.minutes, routes.room_min, routes.week_room_min, routes.days_left,
            who.node, who.first, who.week, who.minutes, who.days, added[k],
        )  # fmt: skip
    return saved[:owners], added


@compiled
def _after(
    travel_min: Ints, base: int, leaving: int, first: Ints, node: Ints, owner: Ints,
    minutes: Ints, room_min: Ints, week_room_min: Ints, days_left: Ints,
    new_node: Ints, new_first: Ints, new_week: Ints, new_minutes: Ints, new_days: Ints, added: Ints,
) -> int:  # fmt: skip
    """Write what each newcomer adds once an owner has left, and return what leaving saves."""
    days = len(room_min)
    left_node, left_first = np.empty(len(node), dtype=np.int64), np.zeros(days + 1, dtype=np.int64)
    room, week_room, free = room_min.copy(), week_room_min.copy(), days_left.copy()
    count = saved = 0
    for d in range(days):
        before = after = 0
        here, there = base, base
        for s in range(first[d], first[d + 1]):
            before += travel_min[here, node[s]]
            here = node[s]
            if owner[s] == leaving:
                room[d] += minutes[s]
                week_room[d // DAYS] += minutes[s]
                continue
            after += travel_min[there, node[s]]
            there = node[s]
            left_node[count] = node[s]
            count += 1
        gain = before + travel_min[here, base] - after - travel_min[there, base]
        room[d] += gain
        week_room[d // DAYS] += gain
        saved += gain
        left_first[d + 1] = count
        if first[d] < first[d + 1] and left_first[d] == count:
            free[d // DAYS] += 1
    for c in range(len(new_node)):
        added[c] = _insertion(
            travel_min, base, left_first, left_node, room, week_room, free,
            new_node[c], new_week[new_first[c] : new_first[c + 1]],
            new_minutes[new_first[c] : new_first[c + 1]], new_days[new_first[c] : new_first[c + 1]],
        )  # fmt: skip
    return saved


@compiled
def _insertion(
    travel_min: Ints, base: int, first: Ints, node: Ints, room: Ints, week_room: Ints, free: Ints,
    new_node: int, week: Ints, minutes: Ints, open_days: Ints,
) -> int:  # fmt: skip
    """Return the least travel that a company's visits add, at most one of them on a day."""
    total = taken = opened = used = 0
    for v in range(len(week)):
        w = week[v]
        if v > 0 and week[v - 1] != w:
            taken = opened = used = 0
        best, where = NO_ROOM_MIN, -1
        for d in range(DAYS):
            day = w * DAYS + d
            empty = first[day] == first[day + 1]
            if not (open_days[v] >> d) & 1 or (used >> d) & 1 or room[day] < 0:
                continue
            if empty and free[w] <= opened:
                continue
            here = base
            for s in range(first[day], first[day + 1] + 1):
                onward = node[s] if s < first[day + 1] else base
                more = travel_min[here, new_node] + travel_min[new_node, onward] - travel_min[here, onward]
                here = onward
                needed = more + minutes[v]
                if more < best and needed <= room[day] and taken + needed <= week_room[w]:
                    best, where = more, d
        total += best
        if where >= 0:
            used |= 1 << where
            taken += best + minutes[v]
            opened += first[w * DAYS + where] == first[w * DAYS + where + 1]
    return total
