"""The judge of a week: recompute every rule and the objective of a result without a solver."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from data.base.status import Status, Violation
from scheduling.week.instance import PlannedDay, WeekInstance, WeekResult, WeekVisit

Days = Sequence[PlannedDay | None]


def check_week(week: WeekInstance, result: WeekResult) -> list[Violation]:
    """Return every rule of the file format that a result breaks; empty if it is valid.

    A result without a plan (`infeasible`, `unknown`) is checked only for having none: whether its claim is
    true cannot be checked without a solver.
    """
    if result.status not in (Status.OPTIMAL, Status.FEASIBLE):
        detail = f"{result.status.value}, but days have visits"
        return [Violation(rule="status", where="week", detail=detail)] if any(result.days) else []
    if len(result.days) != len(week.days):
        return [
            Violation(
                rule="days", where="days", detail=f"{len(result.days)} days; {len(week.days)} in the week"
            )
        ]
    found = list(_visits_once(week, result))
    if found:
        return found
    for d, day in enumerate(result.days):
        if day is not None:
            found += _day(week, d, day)
    found += _week_limits(week, result.days)
    if not found:
        found += _figures(week, result)
    return found


def travel_of(week: WeekInstance, days: Days) -> int:
    """Return the travel minutes of all legs."""
    node = {v.id: v.node for v in week.visits}
    total = 0
    for d, day in enumerate(days):
        if day is not None:
            way = [week.from_node(d), *(node[stop.id] for stop in day.stops), week.to_node(d)]
            total += sum(week.travel_min[a][b] for a, b in pairwise(way))
    return total


def work_of(week: WeekInstance, d: int, day: PlannedDay | None) -> int:
    """Return the work of day d: work so far, plus start of shift to return minus breaks."""
    shift = week.days[d]
    if shift is None:
        return 0
    done = shift.so_far.work_min if shift.so_far else 0
    if day is None:
        return done
    return done + day.back - shift.start - sum(rest.end - rest.start for rest in day.breaks)


def objective_of(week: WeekInstance, days: Days) -> int:
    """Return penalties of unplanned visits + travel + costs of broken promises."""
    starts = {stop.id: (d, stop.start) for d, day in enumerate(days) if day for stop in day.stops}
    total = travel_of(week, days)
    for visit in week.visits:
        total += 0 if visit.id in starts else visit.penalty
        total += _broken_promise(visit, starts.get(visit.id))
    return total


def _broken_promise(visit: WeekVisit, start: tuple[int, int] | None) -> int:
    promise = visit.promise
    if promise is None:
        return 0
    kept = start is not None and start[0] == promise.day and promise.from_min <= start[1] <= promise.to_min
    return 0 if kept else promise.cost


def _visits_once(week: WeekInstance, result: WeekResult) -> Iterator[Violation]:
    known = {v.id: v for v in week.visits}
    seen: dict[str, int] = {}
    for d, day in enumerate(result.days):
        groups: dict[str, str] = {}
        if day is not None and week.days[d] is None:
            yield Violation(rule="day_off", where=f"day {d}", detail="visits on a day without a shift")
        if day is not None and not day.stops:
            yield Violation(rule="empty_day", where=f"day {d}", detail="a day without visits is null")
        for stop in day.stops if day else ():
            visit = known.get(stop.id)
            if visit is None:
                yield Violation(
                    rule="unknown_visit", where=stop.id, detail=f"planned on day {d}, but not in the week"
                )
                continue
            if stop.id in seen:
                yield Violation(
                    rule="visit_once", where=stop.id, detail=f"on day {seen[stop.id]} and on day {d}"
                )
            seen[stop.id] = d
            if visit.group is not None:
                if visit.group in groups:
                    detail = f"on day {d} with {groups[visit.group]} of the same group {visit.group}"
                    yield Violation(rule="group", where=stop.id, detail=detail)
                groups[visit.group] = stop.id
    yield from _accounted_for(week, result, set(seen))


def _accounted_for(week: WeekInstance, result: WeekResult, planned: set[str]) -> Iterator[Violation]:
    """Every visit must be planned or listed once as unplanned, and required ones must be planned."""
    known = {visit.id for visit in week.visits}
    named = [visit.id for visit in result.unplanned]
    for visit in week.visits:
        if visit.required and visit.id not in planned:
            yield Violation(rule="required", where=visit.id, detail="a required visit is not planned")
        if (visit.id in planned) == (visit.id in named):
            detail = (
                "planned and named as unplanned"
                if visit.id in planned
                else "neither planned nor named as unplanned"
            )
            yield Violation(rule="accounted_for", where=visit.id, detail=detail)
    for k, key in enumerate(named):
        if key not in known or key in named[:k]:
            detail = "named as unplanned " + ("twice" if key in known else "but not in the week")
            yield Violation(rule="accounted_for", where=key, detail=detail)


def _day(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[Violation]:
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
        free_from, here, first, before = stop.end, visit.node, False, stop.id
    if day.back < free_from + week.travel_min[here][week.to_node(d)]:
        yield Violation(
            rule="leg", where=f"day {d}", detail=f"back at {day.back}, before the last leg can end"
        )
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
    idle = list(_standing_still(week, d, day))
    begun = shift.so_far.stretch_from if shift.so_far else shift.start
    taken = shift.so_far.break_min if shift.so_far else 0
    for rest in sorted(day.breaks, key=lambda b: b.start):
        if rest.end - rest.start < law.piece_min:
            detail = f"a break of {rest.end - rest.start} min; {law.piece_min} min are the least"
            yield Violation(rule="break_piece", where=where, detail=detail)
        if not any(a <= rest.start and rest.end <= b for a, b in idle):
            detail = f"the break {rest.start}–{rest.end} falls into a service, a leg or outside the day"
            yield Violation(rule="break_place", where=where, detail=detail)
        if rest.start < week.first_break(d):
            detail = f"the break {rest.start}–{rest.end} begins before {week.first_break(d)}"
            yield Violation(rule="first_min", where=where, detail=detail)
        if rest.start - begun > law.max_stretch_min:
            detail = (
                f"{rest.start - begun} min of work on end from {begun}; {law.max_stretch_min} are the most"
            )
            yield Violation(rule="max_stretch_min", where=where, detail=detail)
        begun, taken = max(begun, rest.end), taken + rest.end - rest.start
    if any(a.end > b.start for a, b in zip(day.breaks, day.breaks[1:], strict=False)):
        yield Violation(rule="breaks_disjoint", where=where, detail="two breaks overlap")
    if day.back - begun > law.max_stretch_min:
        detail = f"{day.back - begun} min of work on end from {begun}; {law.max_stretch_min} are the most"
        yield Violation(rule="max_stretch_min", where=where, detail=detail)
    work = work_of(week, d, day)
    for above, total in law.totals:
        if work > above and taken < total:
            detail = f"{taken} min of breaks for {work} min of work; {total} min are due above {above}"
            yield Violation(rule="break_total", where=where, detail=detail)


def _standing_still(week: WeekInstance, d: int, day: PlannedDay) -> Iterator[tuple[int, int]]:
    """List the intervals of a day in which the buddy neither drives nor serves."""
    shift = week.days[d]
    assert shift is not None
    node = {v.id: v.node for v in week.visits}
    free_from, here = shift.start, week.from_node(d)
    for stop in day.stops:
        left = stop.arrive - week.travel_min[here][node[stop.id]]
        yield free_from, left
        yield stop.arrive, stop.start
        free_from, here = stop.end, node[stop.id]
    yield free_from, day.back - week.travel_min[here][week.to_node(d)]


def _week_limits(week: WeekInstance, days: Days) -> Iterator[Violation]:
    work = sum(work_of(week, d, day) for d, day in enumerate(days)) if any(days) else 0
    if week.max_week_work_min is not None and work > week.max_week_work_min:
        detail = f"{work} min of work in the week; {week.max_week_work_min} min are the most"
        yield Violation(rule="max_week_work_min", where="week", detail=detail)
    used = sum(day is not None for day in days)
    if week.max_days is not None and used > week.max_days:
        detail = f"{used} days have visits; {week.max_days} are the most"
        yield Violation(rule="max_days", where="week", detail=detail)


def _figures(week: WeekInstance, result: WeekResult) -> Iterator[Violation]:
    objective, travel = objective_of(week, result.days), travel_of(week, result.days)
    if result.objective != objective:
        yield Violation(
            rule="objective", where="week", detail=f"says {result.objective}; recomputed {objective}"
        )
    if result.travel_min != travel:
        yield Violation(
            rule="travel_min", where="week", detail=f"says {result.travel_min}; recomputed {travel}"
        )
    if result.bound > objective:
        yield Violation(rule="bound", where="week", detail=f"the bound {result.bound} is above {objective}")
    if result.status is Status.OPTIMAL and result.bound != objective:
        detail = f"optimal, but the bound {result.bound} is not the objective {objective}"
        yield Violation(rule="optimal", where="week", detail=detail)
