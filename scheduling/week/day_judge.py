"""The judge of one day of a week: its times, time off, breaks and work, recomputed without a solver."""

from collections.abc import Iterator
from itertools import pairwise

from data.base.status import Violation
from scheduling.week.instance import Breaks, Day, PlannedDay, WeekInstance


def work_of(week: WeekInstance, d: int, day: PlannedDay | None) -> int:
    """Return the work of day d: work so far, plus start of shift to return minus breaks and time off."""
    shift = week.days[d]
    if shift is None:
        return 0
    done = shift.so_far.work_min if shift.so_far else 0
    if day is None:
        return done
    rested = sum(rest.end - rest.start for rest in day.breaks)
    return done + day.back - shift.start - shift.off_before(day.back) - rested


def day_violations(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[Violation]:
    """Yield every rule of its own that a day breaks: shift, legs, services, time off, breaks and work."""
    shift = week.days[d]
    assert shift is not None
    known = {v.id: v for v in week.visits}
    if day.leave < shift.start:
        yield Violation(rule="shift", where=f"day {d}", detail=f"leaves at {day.leave}, before {shift.start}")
    if day.back > shift.end:
        yield Violation(rule="shift", where=f"day {d}", detail=f"back at {day.back}, after {shift.end}")
    free_from, here, first, before = day.leave, week.from_node(d), True, "the start"
    for stop in day.stops:
        visit = known[stop.id]
        leg = week.travel_min[here][visit.node]
        left = stop.arrive - leg
        if left < free_from or (first and left != free_from):
            detail = (
                f"arrives on day {d} at {stop.arrive}; {before} is left at {free_from}, the leg is {leg} min"
            )
            yield Violation(rule="leg", where=stop.id, detail=detail)
        if stop.start < stop.arrive:
            detail = f"starts on day {d} at {stop.start}, before the arrival at {stop.arrive}"
            yield Violation(rule="arrival", where=stop.id, detail=detail)
        if stop.end - stop.start != visit.duration_min:
            detail = f"lasts {stop.end - stop.start} min on day {d}; {visit.duration_min} min are due"
            yield Violation(rule="duration", where=stop.id, detail=detail)
        if not any(opens <= stop.start <= closes for opens, closes in visit.windows[d]):
            detail = f"starts on day {d} at {stop.start}, outside its windows {list(visit.windows[d])}"
            yield Violation(rule="window", where=stop.id, detail=detail)
        free_from, here, first, before = stop.end, visit.left_from, False, stop.id
    if day.back < free_from + week.travel_min[here][week.to_node(d)]:
        yield Violation(
            rule="leg", where=f"day {d}", detail=f"back at {day.back}, before the last leg can end"
        )
    yield from _off(week, d, day)
    yield from _breaks(week, d, day)
    work = work_of(week, d, day)
    if week.max_work_min is not None and work > week.max_work_min:
        detail = f"{work} min of work; {week.max_work_min} min are the most"
        yield Violation(rule="max_work_min", where=f"day {d}", detail=detail)


def _breaks(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[Violation]:
    law, shift, where = week.breaks, week.days[d], f"day {d}"
    assert shift is not None
    if law is None:
        if day.breaks:
            yield Violation(rule="breaks", where=where, detail="has breaks where there are none")
        return
    yield from _single_breaks(week, law, d, day)
    if any(a.end > b.start for a, b in pairwise(day.breaks)):
        yield Violation(rule="breaks_disjoint", where=where, detail="two breaks overlap")
    yield from _stretches(shift, law, day, where)
    taken = shift.so_far.break_min if shift.so_far else 0
    taken += sum(rest.end - rest.start for rest in day.breaks)
    work = work_of(week, d, day)
    for above, total in law.totals:
        if work > above and taken < total:
            detail = f"{taken} min of breaks for {work} min of work; {total} min are due above {above}"
            yield Violation(rule="break_total", where=where, detail=detail)


def _single_breaks(week: WeekInstance, law: Breaks, d: int, day: PlannedDay) -> Iterator[Violation]:
    """Each break is long enough, taken where the buddy stands, and not too early."""
    idle, where = list(_standing_still(week, d, day)), f"day {d}"
    for rest in day.breaks:
        if rest.end - rest.start < law.piece_min:
            detail = f"a break of {rest.end - rest.start} min; {law.piece_min} min are the least"
            yield Violation(rule="break_piece", where=where, detail=detail)
        if not any(a <= rest.start and rest.end <= b for a, b in idle):
            detail = f"the break {rest.start}–{rest.end} falls into a service, a leg or outside the day"
            yield Violation(rule="break_place", where=where, detail=detail)
        if rest.start < week.first_break(d):
            detail = f"the break {rest.start}–{rest.end} begins before {week.first_break(d)}"
            yield Violation(rule="first_min", where=where, detail=detail)


def _stretches(shift: Day, law: Breaks, day: PlannedDay, where: str) -> Iterator[Violation]:
    """No stretch between breaks, times off and the return is too long."""
    begun = shift.so_far.stretch_from if shift.so_far else shift.start
    pauses = [(rest.start, rest.end) for rest in day.breaks]
    pauses += [(begin, end) for begin, end in shift.off if end <= day.back]
    for until, then in [*sorted(pauses), (day.back, day.back)]:
        if until - begun > law.max_stretch_min:
            detail = f"{until - begun} min of work on end from {begun}; {law.max_stretch_min} are the most"
            yield Violation(rule="max_stretch_min", where=where, detail=detail)
        begun = max(begun, then)


def _off(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[Violation]:
    """No service, leg or break overlaps a time off."""
    shift = week.days[d]
    assert shift is not None
    duties = [
        *_legs(week, d, day),
        *((f"the service of {stop.id}", stop.start, stop.end) for stop in day.stops),
    ]
    duties += [("the break", rest.start, rest.end) for rest in day.breaks]
    for begin, end in shift.off:
        for what, start, until in duties:
            if start < end and until > begin:
                detail = f"{what}, {start}–{until}, overlaps {begin}–{end}, which is off"
                yield Violation(rule="off", where=f"day {d}", detail=detail)


def _legs(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[tuple[str, int, int]]:
    """List the legs of a day: what they lead to, when they are left and when they end."""
    known, here = {v.id: v for v in week.visits}, week.from_node(d)
    for stop in day.stops:
        visit = known[stop.id]
        yield f"the leg to {stop.id}", stop.arrive - week.travel_min[here][visit.node], stop.arrive
        here = visit.left_from
    yield "the last leg", day.back - week.travel_min[here][week.to_node(d)], day.back


def _standing_still(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[tuple[int, int]]:
    """List the intervals of a day in which the buddy neither drives nor serves."""
    shift = week.days[d]
    assert shift is not None
    ends = [stop.end for stop in day.stops]
    legs = list(_legs(week, d, day))
    for free_from, (_, left, _) in zip([shift.start, *ends], legs, strict=True):
        yield free_from, left
    yield from ((stop.arrive, stop.start) for stop in day.stops)
