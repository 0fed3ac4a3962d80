"""Breaks as short as the rules allow: days in order, and of each day the last break first.

Each break is dropped if everything still holds without it, and otherwise ends as early as the rest allows.
What is left of its wait is work, spent on arrival: a leg leaves when what comes before it is over.
"""

from collections.abc import Sequence

from scheduling.week.day_judge import work_of
from scheduling.week.instance import Breaks, PlannedBreak, PlannedDay, WeekInstance

Days = Sequence[PlannedDay | None]
NO_LIMIT = 1 << 40


def with_shortest_breaks(week: WeekInstance, days: Days) -> tuple[PlannedDay | None, ...]:
    """Return the days of a valid plan with no break that could be dropped or end earlier, all else alike."""
    if week.breaks is None:
        return tuple(days)
    spare, found = _spare_of_week(week, days), list[PlannedDay | None]()
    for d, day in enumerate(days):
        if day is None or not day.breaks:
            found.append(day)
            continue
        shorter = day.model_copy(update={"breaks": _shortest(week, week.breaks, d, day, spare)})
        spare -= work_of(week, d, shorter) - work_of(week, d, day)
        found.append(_leaving_at_once(week, d, shorter))
    return tuple(found)


def _spare_of_week(week: WeekInstance, days: Days) -> int:
    """Return by how many minutes the week's work may grow."""
    if week.max_week_work_min is None:
        return NO_LIMIT
    return week.max_week_work_min - sum(work_of(week, d, day) for d, day in enumerate(days))


def _shortest(
    week: WeekInstance, law: Breaks, d: int, day: PlannedDay, spare_of_week: int
) -> tuple[PlannedBreak, ...]:
    """Return the breaks of one day, none of which could be dropped or end earlier."""
    shift = week.days[d]
    assert shift is not None
    spare = min(spare_of_week, _spare_of_day(week, law, d, day))
    kept, until = list[PlannedBreak](), day.back
    for b in range(len(day.breaks) - 1, -1, -1):
        rest = day.breaks[b]
        begun = day.breaks[b - 1].end if b else shift.so_far.stretch_from if shift.so_far else shift.start
        begun = max([begun, *(end for _, end in shift.off if end <= rest.start)])
        until = min([until, *(begin for begin, _ in shift.off if rest.end <= begin)])
        length = rest.end - rest.start
        if length <= spare and until - begun <= law.max_stretch_min:
            spare -= length
            continue
        end = max(rest.start + law.piece_min, rest.end - spare, until - law.max_stretch_min)
        spare -= rest.end - end
        kept.append(PlannedBreak(start=rest.start, end=end))
        until = rest.start
    return tuple(reversed(kept))


def _spare_of_day(week: WeekInstance, law: Breaks, d: int, day: PlannedDay) -> int:
    """Return by how many minutes breaks may become work, as far as totals and the day's work allow."""
    shift = week.days[d]
    work = work_of(week, d, day)
    rested = sum(rest.end - rest.start for rest in day.breaks)
    rested += shift.so_far.break_min if shift is not None and shift.so_far else 0
    spare = NO_LIMIT if week.max_work_min is None else week.max_work_min - work
    return min([spare, *(max(above - work, rested - total) for above, total in law.totals)])


def _leaving_at_once(week: WeekInstance, d: int, day: PlannedDay) -> PlannedDay:
    """Return the day with each leg but the first driven as soon as all that comes before it is over."""
    shift, known = week.days[d], {visit.id: visit for visit in week.visits}
    pauses = [*((rest.start, rest.end) for rest in day.breaks), *(shift.off if shift else ())]
    stops = list(day.stops[:1])
    for before, stop in zip(day.stops, day.stops[1:], strict=False):
        leg = week.travel_min[known[before.id].left_from][known[stop.id].node]
        ends = (end for begin, end in pauses if before.end <= begin and end <= stop.arrive - leg)
        stops.append(stop.model_copy(update={"arrive": max([before.end, *ends]) + leg}))
    return day.model_copy(update={"stops": tuple(stops)})
