"""The judge of a week: recompute every rule and the objective of a result without a solver."""

from collections.abc import Iterator, Sequence

from data.base.message import message
from data.base.status import Status, Violation, violation
from scheduling.week.day_judge import day_violations, place_of, work_of
from scheduling.week.instance import PlannedDay, WeekInstance, WeekResult, WeekVisit

Days = Sequence[PlannedDay | None]
WEEK = "week"
"""The place of what concerns the whole week."""


def check_week(week: WeekInstance, result: WeekResult) -> list[Violation]:
    """Return every rule of the file format that a result breaks; empty if it is valid.

    A result without a plan (`infeasible`, `unknown`) is checked only for having none: whether its claim is
    true cannot be checked without a solver.
    """
    if result.status not in (Status.OPTIMAL, Status.FEASIBLE):
        status = message(f"status_{result.status}")
        return [violation("status", WEEK, "judged_no_plan_status", status=status)] if any(result.days) else []
    if len(result.days) != len(week.days):
        return [violation("days", "days", "judged_days", days=len(result.days), due=len(week.days))]
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
            yield violation("day_off", place_of(d), "judged_day_off")
        if day is not None and not day.stops:
            yield violation("empty_day", place_of(d), "judged_empty_day")
        for stop in day.stops if day else ():
            visit = known.get(stop.id)
            if visit is None:
                yield violation("unknown_visit", stop.id, "judged_unknown_visit", day=d)
                continue
            if stop.id in seen:
                yield violation("visit_once", stop.id, "judged_visit_twice", day=seen[stop.id], again=d)
            seen[stop.id] = d
            if visit.group is not None:
                if visit.group in groups:
                    both = {"other": groups[visit.group], "group": visit.group}
                    yield violation("group", stop.id, "judged_same_group", day=d, **both)
                groups[visit.group] = stop.id
    yield from _accounted_for(week, result, set(seen))


def _accounted_for(week: WeekInstance, result: WeekResult, planned: set[str]) -> Iterator[Violation]:
    """Every visit must be planned or listed once as unplanned, and required ones must be planned."""
    known = {visit.id for visit in week.visits}
    named = [visit.id for visit in result.unplanned]
    for visit in week.visits:
        if visit.required and visit.id not in planned:
            yield violation("required", visit.id, "judged_required")
        if (visit.id in planned) == (visit.id in named):
            both = visit.id in planned
            yield violation("accounted_for", visit.id, "judged_both" if both else "judged_neither")
    for k, key in enumerate(named):
        if key not in known or key in named[:k]:
            code = "judged_unplanned_twice" if key in known else "judged_unplanned_unknown"
            yield violation("accounted_for", key, code)


def _week_limits(week: WeekInstance, days: Days) -> Iterator[Violation]:
    work = sum(work_of(week, d, day) for d, day in enumerate(days)) if any(days) else 0
    if week.max_week_work_min is not None and work > week.max_week_work_min:
        limit = week.max_week_work_min
        yield violation("max_week_work_min", WEEK, "judged_week_work", work_min=work, most=limit)
    used = sum(day is not None for day in days)
    if week.max_days is not None and used > week.max_days:
        yield violation("max_days", WEEK, "judged_max_days", days=used, most=week.max_days)


def _figures(week: WeekInstance, result: WeekResult) -> Iterator[Violation]:
    objective, travel = objective_of(week, result.days), travel_of(week, result.days)
    if result.objective != objective:
        yield violation("objective", WEEK, "judged_recomputed", stated=result.objective, right=objective)
    if result.travel_min != travel:
        yield violation("travel_min", WEEK, "judged_recomputed", stated=result.travel_min, right=travel)
    if result.bound > objective:
        yield violation("bound", WEEK, "judged_bound_above", bound=result.bound, value=objective)
    if result.status is Status.OPTIMAL and result.bound != objective:
        yield violation("optimal", WEEK, "judged_not_proved", bound=result.bound, value=objective)
