"""Canonical times of a day route: earliest return, then latest departure, then earliest starts."""

from collections.abc import Iterator
from functools import cache

import numpy as np
from hypothesis import given

from data.base.status import ReasonCode, Status
from scheduling.week.day.timing import timed_day
from scheduling.week.instance import PlannedDay, UnplannedVisit, WeekInstance, WeekResult
from scheduling.week.judge import check_week, objective_of, travel_of
from scheduling.week.listed.solve import ListedWeek
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import tiny_weeks
from tests.scheduling.week.plain_weeks import LAW, line, only_day, visit, week


def test_the_day_ends_as_early_as_it_can() -> None:
    # 480 + 20 + 60 + 20 = 560 + 20
    assert only_day(week(visit("a"))).back == 580


def test_the_buddy_leaves_as_late_as_the_return_allows() -> None:
    day = only_day(week(visit("a", windows=[[[600, 700]]])))
    # 600 - 20 = 580: the time before that is desk work
    assert (day.leave, day.stops[0].arrive, day.stops[0].start, day.back) == (580, 600, 600, 680)


def test_of_the_starts_that_are_left_the_earliest_is_taken() -> None:
    """b may not start before 700; a starts as early as the latest departure allows."""
    of = week(
        visit("a", 1, windows=[[[500, 690]]]),
        visit("b", 2, windows=[[[700, 990]]]),
        travel_min=line(0, 20, 50),
    )
    day = only_day(of)
    # b at 700, back at 700 + 60 + 50 = 810; so a ends by 700 - 30, starts at 610, and the buddy leaves at 590
    assert (day.leave, [stop.start for stop in day.stops], day.back) == (590, [610, 700], 810)


def test_of_orders_that_cost_the_same_the_one_that_is_back_first_is_driven() -> None:
    # a, b: back at 700 + 60 + 50 = 810; b, a: back at 700 + 60 + 30 + 60 + 20 = 870; both drive 100 min
    b, a = visit("b", 2, windows=[[[700, 990]]]), visit("a", 1)
    for either in ((a, b), (b, a)):
        assert only_day(week(*either, travel_min=line(0, 20, 50))).back == 810


def test_a_window_that_closes_early_leaves_the_wait_to_the_second_visit() -> None:
    of = week(
        visit("a", 1, windows=[[[500, 540]]]),
        visit("b", 2, windows=[[[700, 990]]]),
        travel_min=line(0, 20, 50),
    )
    day = only_day(of)
    # a starts at 540 at the latest, so the buddy leaves at 520; its leg to b is driven at once
    assert (day.leave, [(s.arrive, s.start) for s in day.stops]) == (520, [(540, 540), (630, 700)])


def test_the_buddy_rests_before_leaving_where_the_way_is_too_long_for_the_stretch() -> None:
    """At work since 200, so to rest by 560: the visit is 100 minutes away, and the break comes first."""
    day = {"start": 480, "end": 990, "so_far": {"work_min": 0, "break_min": 0, "stretch_from": 200}}
    of = week(visit("a"), days=(day,), travel_min=line(0, 100), breaks=LAW)
    timed = only_day(of)
    assert [(rest.start, rest.end) for rest in timed.breaks] == [(480, 495)]
    # 495 + 100 + 60 + 100
    assert (timed.leave, timed.back) == (495, 755)


def test_idle_minutes_become_breaks_as_long_as_the_rules_ask() -> None:
    of = week(
        visit("a", 1, windows=[[[500, 500]]]),
        visit("b", 1, 300, windows=[[[600, 600]]]),
        breaks=LAW,
    )
    # a ends at 560, b begins at 600; more than 360 min of work ask for 30 min of breaks
    assert [(rest.start, rest.end) for rest in only_day(of).breaks] == [(560, 590)]


Timing = tuple[int, tuple[int, ...], int, int]
"""Back, then departure and the starts, the cost of broken promises, and the minutes of breaks."""


def best_times(of: WeekInstance, order: list[int], cost: int, most_work: int) -> tuple[int, ...]:
    """Return (back, leave, starts…) of a sequence: the canonical times at a cost of at most `cost`."""
    day = of.days[0]
    assert day is not None
    done = day.so_far.work_min if day.so_far else 0
    taken = day.so_far.break_min if day.so_far else 0
    totals = of.breaks.totals if of.breaks else ()
    possible = []
    for back, times, price, breaks in all_times(of, order):
        off = sum(b - a for a, b in day.off if b <= back)
        work = done + back - day.start - (breaks - taken) - off
        lawful = all(work <= above or breaks >= total for above, total in totals)
        if lawful and work <= most_work and price <= cost:
            possible.append((back, -times[0], times[1:]))
    back, minus_leave, starts = min(possible)
    return (back, -minus_leave, *starts)


def all_times(of: WeekInstance, order: list[int]) -> Iterator[Timing]:
    """Enumerate all timings of a sequence minute by minute; `cost` is that of broken promises alone."""
    day, law = of.days[0], of.breaks
    assert day is not None
    end, first = day.end, of.first_break(0) if law else 0
    left_from = [of.from_node(0), *(of.visits[v].left_from for v in order)]
    reached = [*(of.visits[v].node for v in order), of.to_node(0)]

    def on_duty(begin: int, until: int) -> bool:
        assert day is not None
        return all(until <= a or b <= begin for a, b in day.off)

    # On the way to stop p of the sequence: still at the previous node, or there already.
    @cache
    def idle(p: int, arrived: bool, minute: int, begun: int, taken: int) -> frozenset[Timing]:
        if minute > end or (law and minute - begun > law.max_stretch_min):
            return frozenset()
        off_until = dict(day.off).get(minute) if day else None
        if off_until is None:
            results = set(idle(p, arrived, minute + 1, begun, taken))
        else:
            results = set(idle(p, arrived, off_until, off_until, taken))
        if law and minute >= first:
            for until in range(minute + law.piece_min, end + 1):
                if on_duty(minute, until):
                    results |= idle(p, arrived, until, until, taken + until - minute)
        return frozenset(
            results | set(serve(p, minute, begun, taken) if arrived else drive(p, minute, begun, taken))
        )

    def drive(p: int, minute: int, begun: int, taken: int) -> Iterator[Timing]:
        there = minute + of.travel_min[left_from[p]][reached[p]]
        if not on_duty(minute, there):
            return
        if p < len(order):
            for back, times, price, breaks in idle(p, True, there, begun, taken):
                yield back, (minute, *times) if p == 0 else times, price, breaks
        elif there <= end and not (law and there - begun > law.max_stretch_min):
            yield there, (), 0, taken

    def serve(p: int, minute: int, begun: int, taken: int) -> Iterator[Timing]:
        of_visit = of.visits[order[p]]
        ends = minute + of_visit.duration_min
        if on_duty(minute, ends) and any(a <= minute <= b for a, b in of_visit.windows[0]):
            told = of_visit.promise
            kept = told is None or (told.day == 0 and told.from_min <= minute <= told.to_min)
            after = idle(p + 1, False, ends, begun, taken)
            for back, times, price, breaks in after:
                yield back, (minute, *times), price + (0 if kept or told is None else told.cost), breaks

    begun = day.so_far.stretch_from if day.so_far else day.start
    yield from idle(0, False, day.start, begun, day.so_far.break_min if day.so_far else 0)


@drawn(150)
@given(tiny_weeks(most_visits=3, length=16, most_days=1))
def test_times_are_those_of_trying_every_timing(of: WeekInstance) -> None:
    listed = ListedWeek(of, np.zeros(1, dtype=np.int64))
    for routes in listed.routes:
        for route in range(len(routes.mask)):
            order = routes.visits_in_order(route)
            work = int(routes.work_min[route]) if routes.kind.exact_work else None
            day = timed_day(routes, route, listed.ids, work).day
            most = min(limit for limit in (work, of.max_work_min, 9999) if limit is not None)
            price = int(routes.cost[route]) - travel_of(of, (day,))
            expected = best_times(of, order, price, most)
            assert (day.back, day.leave, *(stop.start for stop in day.stops)) == expected
            assert judged(of, day) == []


def judged(of: WeekInstance, day: PlannedDay) -> list[object]:
    """The judge's findings for a week with only this day, ignoring limits of the week and required visits."""
    visits = tuple(v.model_copy(update={"required": False}) for v in of.visits)
    free = of.model_copy(update={"visits": visits, "max_week_work_min": None, "max_days": None})
    made = {stop.id for stop in day.stops}
    result = WeekResult(
        status=Status.FEASIBLE,
        objective=objective_of(free, (day,)),
        travel_min=travel_of(free, (day,)),
        days=(day,),
        unplanned=tuple(
            UnplannedVisit(id=v.id, reason=ReasonCode.WEEK_FULL) for v in visits if v.id not in made
        ),
    )
    return list(check_week(free, result))
