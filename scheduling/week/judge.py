"""The judge of a week: recompute every rule and the objective of a result without a solver."""

from collections.abc import Iterator, Sequence

from data.base.status import Status, Violation
from scheduling.week.day_judge import day_violations, work_of
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
            found += day_violations(week, d, day)
    found += _week_limits(week, result.days)
    if not found:
        found += _figures(week, result)
    return found


def travel_of(week: WeekInstance, days: Days) -> int:
    """Return the travel minutes of all legs."""
    known = {v.id: v for v in week.visits}
    total = 0
    for d, day in enumerate(days):
        here = week.from_node(d)
        for stop in day.stops if day else ():
            total += week.travel_min[here][known[stop.id].node]
            here = known[stop.id].left_from
        total += week.travel_min[here][week.to_node(d)] if day else 0
    return total


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
