"""Answers found by trying everything, minute by minute: slow, and too simple to be wrong."""

from collections.abc import Iterator
from functools import cache

from scheduling.week.instance import WeekInstance, WeekVisit

DayChoice = tuple[frozenset[int], int, int]
"""Visits made on a day, its travel and broken promises, and its work."""
Ending = tuple[frozenset[int], int, int, int]
"""Visits made on a day, its travel and broken promises, the return, and the minutes of breaks."""


def best_week(week: WeekInstance) -> int | None:
    """Return the least objective of a week, None if its required visits cannot all be planned."""
    everyone = range(len(week.visits))
    states: set[tuple[frozenset[int], int, int, int]] = {(frozenset(), 0, 0, 0)}
    for d, shift in enumerate(week.days):
        idle = shift.so_far.work_min if shift is not None and shift.so_far is not None else 0
        choices = [*day_choices(week, d), (frozenset[int](), 0, idle)]
        states = {
            (made | visits, cost + more, work + day_work, used + bool(visits))
            for made, cost, work, used in states
            for visits, more, day_work in choices
            if not made & visits
        }
    totals = [
        cost + sum(left_out_cost(week.visits[v]) for v in everyone if v not in made)
        for made, cost, work, used in states
        if all(v in made for v in everyone if week.visits[v].required)
        and (week.max_week_work_min is None or not used or work <= week.max_week_work_min)
        and (week.max_days is None or used <= week.max_days)
    ]
    return min(totals, default=None)


def left_out_cost(visit: WeekVisit) -> int:
    return visit.penalty + (visit.promise.cost if visit.promise else 0)


def day_choices(week: WeekInstance, d: int) -> list[DayChoice]:
    """Return every set of visits that day d can hold, with each cost and work at which it can."""
    shift = week.days[d]
    if shift is None:
        return []
    so_far = shift.so_far
    begun = so_far.stretch_from if so_far else shift.start
    taken = so_far.break_min if so_far else 0
    found: set[DayChoice] = set()
    for made, cost, back, breaks in _days_from(week, d, shift.start, begun, taken):
        off = sum(b - a for a, b in shift.off if b <= back)
        work = (so_far.work_min if so_far else 0) + back - shift.start - (breaks - taken) - off
        totals = week.breaks.totals if week.breaks else ()
        if all(work <= above or breaks >= total for above, total in totals) and (
            week.max_work_min is None or work <= week.max_work_min
        ):
            found.add((made, cost, work))
    return sorted(found, key=lambda choice: (sorted(choice[0]), choice[1:]))


def _days_from(week: WeekInstance, d: int, start: int, begun: int, taken: int) -> Iterator[Ending]:
    """Walk all days minute by minute; yields (visits, cost, back, minutes of breaks)."""
    shift, law = week.days[d], week.breaks
    assert shift is not None
    end = shift.end
    done = shift.so_far
    worked = done.work_min + done.break_min + done.off_min if done else 0
    first = shift.start - worked + law.first_min if law else 0

    def on_duty(begin: int, until: int) -> bool:
        return all(until <= a or b <= begin for a, b in shift.off)

    # Standing at a node: wait a minute, take a break of any length, drive on, or (on arrival) serve.
    @cache
    def standing(
        node: int, minute: int, begun: int, taken: int, made: frozenset[int], about_to: int | None
    ) -> frozenset[Ending]:
        results: set[Ending] = set()
        if minute > end or (law and minute - begun > law.max_stretch_min):
            return frozenset()
        off_until = dict(shift.off).get(minute)
        if off_until is None:
            results |= standing(node, minute + 1, begun, taken, made, about_to)
        else:
            results |= standing(node, off_until, off_until, taken, made, about_to)
        if law and minute >= first:
            for until in range(minute + law.piece_min, end + 1):
                if on_duty(minute, until):
                    results |= standing(node, until, until, taken + until - minute, made, about_to)
        if about_to is not None:
            results |= serve(minute, begun, taken, made, about_to)
            return frozenset(results)
        for v, visit in enumerate(week.visits):
            if v not in made and not any(_same_group(visit, week.visits[other]) for other in made):
                leg = week.travel_min[node][visit.node]
                if not on_duty(minute, minute + leg):
                    continue
                onward = standing(visit.node, minute + leg, begun, taken, made, v)
                results |= {(m, cost + leg, back, breaks) for m, cost, back, breaks in onward}
        if made:
            leg = week.travel_min[node][week.to_node(d)]
            back = minute + leg
            if back <= end and on_duty(minute, back) and not (law and back - begun > law.max_stretch_min):
                results.add((made, leg, back, taken))
        return frozenset(results)

    def serve(minute: int, begun: int, taken: int, made: frozenset[int], v: int) -> frozenset[Ending]:
        visit = week.visits[v]
        if not any(opens <= minute <= closes for opens, closes in visit.windows[d]):
            return frozenset()
        if not on_duty(minute, minute + visit.duration_min):
            return frozenset()
        price = 0
        if visit.promise is not None:
            kept = visit.promise.day == d and visit.promise.from_min <= minute <= visit.promise.to_min
            price = 0 if kept else visit.promise.cost
        left_from = visit.node if visit.leave_node is None else visit.leave_node
        after = standing(left_from, minute + visit.duration_min, begun, taken, made | {v}, None)
        return frozenset((m, cost + price, back, breaks) for m, cost, back, breaks in after)

    yield from standing(week.from_node(d), start, begun, taken, frozenset(), None)


def _same_group(one: WeekVisit, other: WeekVisit) -> bool:
    return one.group is not None and one.group == other.group
