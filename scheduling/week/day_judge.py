"""The judge of one day of a week: its times, time off, breaks and work, recomputed without a solver."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from data.base.message import Message, message
from data.base.status import Violation, violation
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


def place_of(d: int) -> str:
    """Return the place of day d in a result."""
    return f"days[{d}]"


def spans(times: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Return spans of minutes as texts."""
    return tuple(f"{begin}–{end}" for begin, end in times)


def day_violations(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[Violation]:
    """Yield every rule of its own that a day breaks: shift, legs, services, time off, breaks and work."""
    shift, where = week.days[d], place_of(d)
    assert shift is not None
    if day.leave < shift.start:
        yield violation("shift", where, "judged_leaves_early", leave=day.leave, start=shift.start)
    if day.back > shift.end:
        yield violation("shift", where, "judged_back_late", back=day.back, end=shift.end)
    yield from _stops(week, d, day)
    yield from _off(week, d, day)
    yield from _breaks(week, d, day)
    work = work_of(week, d, day)
    if week.max_work_min is not None and work > week.max_work_min:
        yield violation("max_work_min", where, "judged_work", work_min=work, most=week.max_work_min)


def _stops(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[Violation]:
    """Legs take their time, and services theirs within their windows."""
    known = {v.id: v for v in week.visits}
    before: Message | str = message("judged_the_start")
    free_from, here, first = day.leave, week.from_node(d), True
    for stop in day.stops:
        visit = known[stop.id]
        leg = week.travel_min[here][visit.node]
        left = stop.arrive - leg
        if left < free_from or (first and left != free_from):
            times = {"arrive": stop.arrive, "free_from": free_from, "leg_min": leg}
            yield violation("leg", stop.id, "judged_leg", day=d, before=before, **times)
        if stop.start < stop.arrive:
            times = {"start": stop.start, "arrive": stop.arrive}
            yield violation("arrival", stop.id, "judged_before_arrival", day=d, **times)
        if stop.end - stop.start != visit.duration_min:
            times = {"lasts_min": stop.end - stop.start, "due_min": visit.duration_min}
            yield violation("duration", stop.id, "judged_duration", day=d, **times)
        if not any(opens <= stop.start <= closes for opens, closes in visit.windows[d]):
            windows = spans(visit.windows[d])
            yield violation("window", stop.id, "judged_window", day=d, start=stop.start, windows=windows)
        free_from, here, first, before = stop.end, visit.left_from, False, stop.id
    if day.back < free_from + week.travel_min[here][week.to_node(d)]:
        yield violation("leg", place_of(d), "judged_last_leg", back=day.back)


def _breaks(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[Violation]:
    law, shift, where = week.breaks, week.days[d], place_of(d)
    assert shift is not None
    if law is None:
        if day.breaks:
            yield violation("breaks", where, "judged_no_breaks")
        return
    yield from _single_breaks(week, law, d, day)
    if any(a.end > b.start for a, b in pairwise(day.breaks)):
        yield violation("breaks_disjoint", where, "judged_breaks_overlap")
    yield from _stretches(shift, law, day, where)
    taken = shift.so_far.break_min if shift.so_far else 0
    taken += sum(rest.end - rest.start for rest in day.breaks)
    work = work_of(week, d, day)
    for above, total in law.totals:
        if work > above and taken < total:
            times = {"taken_min": taken, "work_min": work, "total_min": total, "above_min": above}
            yield violation("break_total", where, "judged_break_total", **times)


def _single_breaks(week: WeekInstance, law: Breaks, d: int, day: PlannedDay) -> Iterator[Violation]:
    """Each break is long enough, taken where the buddy stands, and not too early."""
    idle, where = list(_standing_still(week, d, day)), place_of(d)
    for rest in day.breaks:
        times = {"start": rest.start, "end": rest.end}
        if rest.end - rest.start < law.piece_min:
            yield violation("break_piece", where, "judged_break_short", **times, least=law.piece_min)
        if not any(a <= rest.start and rest.end <= b for a, b in idle):
            yield violation("break_place", where, "judged_break_place", **times)
        if rest.start < week.first_break(d):
            yield violation("first_min", where, "judged_break_early", **times, first=week.first_break(d))


def _stretches(shift: Day, law: Breaks, day: PlannedDay, where: str) -> Iterator[Violation]:
    """No stretch between breaks, times off and the return is too long."""
    begun = shift.so_far.stretch_from if shift.so_far else shift.start
    pauses = [(rest.start, rest.end) for rest in day.breaks]
    pauses += [(begin, end) for begin, end in shift.off if end <= day.back]
    for until, then in [*sorted(pauses), (day.back, day.back)]:
        if until - begun > law.max_stretch_min:
            times = {"work_min": until - begun, "begun": begun, "most": law.max_stretch_min}
            yield violation("max_stretch_min", where, "judged_stretch", **times)
        begun = max(begun, then)


def _off(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[Violation]:
    """No service, leg or break overlaps a time off."""
    shift = week.days[d]
    assert shift is not None
    duties = [
        *_legs(week, d, day),
        *((message("judged_service_of", visit=stop.id), stop.start, stop.end) for stop in day.stops),
    ]
    duties += [(message("judged_the_break"), rest.start, rest.end) for rest in day.breaks]
    for begin, end in shift.off:
        for what, start, until in duties:
            if start < end and until > begin:
                times = {"start": start, "end": until, "off": spans([(begin, end)])}
                yield violation("off", place_of(d), "judged_overlaps_off", what=what, **times)


def _legs(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[tuple[Message, int, int]]:
    """List the legs of a day: what they lead to, when they are left and when they end."""
    known, here = {v.id: v for v in week.visits}, week.from_node(d)
    for stop in day.stops:
        visit = known[stop.id]
        leg = week.travel_min[here][visit.node]
        yield message("judged_leg_to", visit=stop.id), stop.arrive - leg, stop.arrive
        here = visit.left_from
    last = week.travel_min[here][week.to_node(d)]
    yield message("judged_the_last_leg"), day.back - last, day.back


def _standing_still(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[tuple[int, int]]:
    """List the intervals of a day in which the buddy neither drives nor serves."""
    shift = week.days[d]
    assert shift is not None
    ends = [stop.end for stop in day.stops]
    legs = list(_legs(week, d, day))
    for free_from, (_, left, _) in zip([shift.start, *ends], legs, strict=True):
        yield free_from, left
    yield from ((stop.arrive, stop.start) for stop in day.stops)
