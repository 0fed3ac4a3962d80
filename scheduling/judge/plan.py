"""The judge of a programme's week plans: no solver, and everything that can be recomputed is recomputed.

It recomputes which visits are due (from the cadence plan that a plan states, if that is valid), judges every
week by the rules of the kernel's format, and then checks each day against the programme itself: shifts,
opening hours, public holidays, rest between days.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from data.base.dates import DAY_MIN, days_of
from data.base.status import Violation
from data.model.calendar import Calendar
from data.model.problem import Problem
from data.model.vocabulary import CareMode
from data.results.solution import BuddyWeeks, DayRoute, Matching, WeekPlan
from data.travel.provider import Times
from scheduling.cadence.choose import Cadence
from scheduling.judge.cadence import check_cadence
from scheduling.plan.model import BuddyWeek, relaxed, weeks_due
from scheduling.plan.settled import off_before
from scheduling.plan.shifts import REST_MIN
from scheduling.week.day_judge import work_of
from scheduling.week.instance import PlannedBreak, PlannedDay, PlannedStop, UnplannedVisit, WeekResult
from scheduling.week.judge import check_week

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def check_weeks(
    problem: Problem,
    times: Times,
    matching: Matching,
    weeks: tuple[BuddyWeeks, ...],
    complete: bool = True,
) -> list[Violation]:
    """Return every broken rule and every wrong figure, each with its buddy, week and stop.

    If the plan is not `complete`, weeks may be missing, because planning was cancelled.
    """
    found: list[Violation] = []
    most = max((len(own.weeks) for own in weeks), default=0) if complete else None
    cadence = Cadence(problem, matching, times)
    found += _stated(cadence, weeks)
    due = {(week.buddy, week.week): week for week in weeks_due(cadence, most)[1]}
    calendar = cadence.calendar
    for own in weeks:
        if own.problem_hash != problem.hash:
            found.append(violation_of("problem_hash", own.buddy, "was planned for another problem"))
        if own.matching_hash != matching.hash:
            found.append(violation_of("matching_hash", own.buddy, "was planned for another matching"))
        for plan in own.weeks:
            expected = due.pop((plan.buddy, plan.week), None)
            if expected is None or plan.buddy != own.buddy:
                found.append(
                    violation_of("unknown_week", f"{plan.buddy} {plan.week}", "no such buddy and week")
                )
                continue
            result = _as_result(plan, {visit.id for visit in expected.beyond})
            found += _named(expected, check_week(relaxed(expected.instance, plan.clash), result))
            found += _against_due(expected, plan)
            found += _against_programme(problem, times, calendar, expected, plan)
            found += _by_others(cadence, expected, plan)
        found += _rest(calendar, own)
    if complete:
        found += [violation_of("missing_week", f"{buddy} {week}", "has no plan") for buddy, week in due]
    return found


def _stated(cadence: Cadence, weeks: tuple[BuddyWeeks, ...]) -> Iterator[Violation]:
    """Judge the cadence plan that each plan states, and use it to determine due visits."""
    for own in weeks:
        if own.cadence is not None and own.buddy in cadence.problem.buddy:
            wrong = check_cadence(cadence, own.buddy, own.cadence)
            yield from wrong
            if not wrong:
                cadence.take(own.buddy, own.cadence)


def violation_of(rule: str, where: str, detail: str) -> Violation:
    """Return a violation."""
    return Violation(rule=rule, where=where, detail=detail)


def _named(week: BuddyWeek, violations: list[Violation]) -> Iterator[Violation]:
    for violation in violations:
        yield violation.replace(where=f"{week.buddy} {week.week} {violation.where}")


def _as_result(plan: WeekPlan, beyond: set[str]) -> WeekResult:
    """Return a plan as a kernel result, without the visits that never reached the kernel."""
    return WeekResult(
        status=plan.status,
        objective=plan.objective,
        bound=plan.bound,
        travel_min=plan.travel_min,
        days=tuple(None if day is None else as_day(day) for day in plan.days),
        unplanned=tuple(
            UnplannedVisit(id=u.id, reason=u.reason.code) for u in plan.unplanned if u.id not in beyond
        ),
    )


def as_day(day: DayRoute) -> PlannedDay:
    """Return a route in the kernel's format."""
    return PlannedDay(
        leave=day.leave,
        back=day.back,
        stops=tuple(PlannedStop(id=s.id, arrive=s.arrive, start=s.start, end=s.end) for s in day.stops),
        breaks=tuple(PlannedBreak(start=rest.start, end=rest.end) for rest in day.breaks),
    )


def _against_due(week: BuddyWeek, plan: WeekPlan) -> Iterator[Violation]:
    """Calls, clashes and unplanned visits must be among the visits that are due."""
    if plan.remote_min != week.remote_min:
        detail = f"says {plan.remote_min} min of calls and videos; recomputed {week.remote_min}"
        yield violation_of("remote_min", f"{plan.buddy} {plan.week}", detail)
    named = {left_out.id for left_out in plan.unplanned}
    for visit in week.beyond:
        if visit.id not in named:
            where = f"{plan.buddy} {plan.week} {visit.id}"
            yield violation_of("accounted_for", where, "neither planned nor named as unplanned")
    fixed = {visit.id for visit in week.instance.visits if visit.required}
    for key in plan.clash:
        if key not in fixed:
            yield violation_of("clash", f"{plan.buddy} {plan.week} {key}", "is no appointment of the week")
    for left_out in plan.unplanned:
        due = week.visits.get(left_out.id)
        if due is not None and left_out.company != due.company:
            detail = f"is said to be of {left_out.company}; it is of {due.company}"
            yield violation_of("company", f"{plan.buddy} {plan.week} {left_out.id}", detail)


def _against_programme(
    problem: Problem, times: Times, calendar: Calendar, week: BuddyWeek, plan: WeekPlan
) -> Iterator[Violation]:
    for d, (route, day) in enumerate(zip(plan.days, days_of(plan.week), strict=True)):
        if route is None:
            continue
        where = f"{plan.buddy} {plan.week} {WEEKDAYS[d]}"
        shift = calendar.shift(plan.buddy, day)
        if shift is None or route.leave < shift[0] or route.back > shift[1]:
            hours = "does not work" if shift is None else f"works {shift[0]}–{shift[1]}"
            yield violation_of(
                "shift", where, f"out from {route.leave} to {route.back}, but the buddy {hours}"
            )
        yield from _off_violations(calendar, week, day, route, where)
        yield from stop_violations(calendar, week, day, route, where)
        yield from figure_violations(times, plan, route, where)
        work = work_of(week.instance, d, as_day(route))
        if route.work_min != work:
            yield violation_of("work", where, f"says {route.work_min} min of work; recomputed {work}")


def _off_violations(
    calendar: Calendar, week: BuddyWeek, day: date, route: DayRoute, where: str
) -> Iterator[Violation]:
    """Yield the stops of a route that are not within the buddy's hours, and wrong times off."""
    hours, shift = calendar.on_duty(week.buddy, day), week.instance.days[day.weekday()]
    for stop in route.stops:
        if not any(start <= stop.start and stop.end <= end for start, end in hours):
            detail = f"{stop.start}–{stop.end} lies outside the buddy's hours {list(hours)}"
            yield violation_of("off", f"{where} {stop.id}", detail)
    if shift is not None and route.off != off_before(shift, route.back):
        said = [(off.start, off.end) for off in route.off]
        yield violation_of("off", where, f"says {said} to be off; the hours are {list(hours)}")


def _by_others(cadence: Cadence, week: BuddyWeek, plan: WeekPlan) -> Iterator[Violation]:
    """A company is visited by its cover of that day, else by its main buddy, unless a visit names buddies."""
    for day, route in zip(days_of(plan.week), plan.days, strict=True):
        for stop in route.stops if route else ():
            visit = week.visits.get(stop.id)
            if visit is None or visit.start is not None:
                continue
            main = cadence.matching.buddy_of.get(visit.company, "")
            visitor = cadence.covers.visitor(visit.company, main, day)
            if visitor != plan.buddy:
                where = f"{plan.buddy} {plan.week} {stop.id}"
                yield violation_of("visitor", where, f"on {day} {visit.company} is visited by {visitor}")


def stop_violations(
    calendar: Calendar, week: BuddyWeek, day: date, route: DayRoute, where: str
) -> Iterator[Violation]:
    """Yield the stops of a route that are in the wrong place, or outside opening hours."""
    for stop in route.stops:
        visit = week.visits.get(stop.id)
        if visit is None:
            continue
        if stop.place != visit.place or stop.mode is not CareMode.VISIT:
            detail = f"is at {stop.place}; it is due at {visit.place}"
            yield violation_of("place", f"{where} {stop.id}", detail)
        open_then = visit.start is not None or any(
            opens <= stop.start and stop.end <= closes
            for opens, closes in calendar.opening(visit.company, day)
        )
        if not open_then:
            detail = f"{stop.start}–{stop.end} lies outside the opening of {visit.company}"
            yield violation_of("opening", f"{where} {stop.id}", detail)


def figure_violations(times: Times, plan: WeekPlan, route: DayRoute, where: str) -> Iterator[Violation]:
    """Yield errors in the travel and distance that a route states."""
    way = [plan.buddy, *(stop.place for stop in route.stops), plan.buddy]
    if any(place not in times.node for place in way):
        yield violation_of("place", where, "names a place that has no travel times")
        return
    travel = sum(times.minutes(a, b) for a, b in pairwise(way))
    metres = sum(times.metres(a, b) for a, b in pairwise(way))
    if (route.travel_min, route.distance_m) != (travel, metres):
        detail = (
            f"says {route.travel_min} min and {route.distance_m} m; recomputed {travel} min and {metres} m"
        )
        yield violation_of("travel", where, detail)


def _rest(calendar: Calendar, own: BuddyWeeks) -> Iterator[Violation]:
    """There must be eleven hours between the return of one day and the start of the next shift."""
    routes = [(route, plan.week, d) for plan in own.weeks for d, route in enumerate(plan.days)]
    for (before, eve_week, eve), (after, week, d) in pairwise(routes):
        if before is None or after is None:
            continue
        day = days_of(week)[d]
        # A week between them may be missing.
        shift = calendar.shift(own.buddy, day) if (day - days_of(eve_week)[eve]).days == 1 else None
        if shift is not None and shift[0] + DAY_MIN - before.back < REST_MIN:
            detail = f"{shift[0] + DAY_MIN - before.back} min after the return of the day before"
            yield violation_of("rest", f"{own.buddy} {week} {WEEKDAYS[d]}", detail)
