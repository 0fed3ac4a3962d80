"""The judge of a programme's week plans: no solver, and everything that can be recomputed is recomputed.

It recomputes which visits are due (from the cadence plan that a plan states, if that is valid), judges every
week by the rules of the kernel's format, and then checks each day against the programme itself: shifts,
opening hours, public holidays, rest between days.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from data.base.dates import DAY_MIN, days_of
from data.base.message import message
from data.base.status import Violation, violation
from data.model.calendar import Calendar
from data.model.problem import Problem
from data.model.vocabulary import CareMode
from data.results.solution import BuddyWeeks, DayRoute, Matching, WeekPlan
from data.travel.provider import Times
from scheduling.cadence.choose import Cadence
from scheduling.judge.cadence import check_cadence
from scheduling.judge.calls import call_violations
from scheduling.plan.model import BuddyWeek, relaxed, weeks_due
from scheduling.plan.settled import off_before
from scheduling.plan.shifts import REST_MIN
from scheduling.week.day_judge import place_of, spans, work_of
from scheduling.week.instance import PlannedBreak, PlannedDay, PlannedStop, UnplannedVisit, WeekResult
from scheduling.week.judge import check_week


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
            found.append(violation("problem_hash", own.buddy, "judged_other_problem"))
        if own.matching_hash != matching.hash:
            found.append(violation("matching_hash", own.buddy, "judged_other_matching"))
        for plan in own.weeks:
            expected = due.pop((plan.buddy, plan.week), None)
            if expected is None or plan.buddy != own.buddy:
                found.append(violation("unknown_week", f"{plan.buddy} {plan.week}", "judged_no_such_week"))
                continue
            result = _as_result(plan, expected.outside)
            found += _named(expected, check_week(relaxed(expected.instance, plan.clash), result))
            found += _against_due(expected, plan)
            found += _against_programme(problem, times, calendar, expected, plan)
            found += _by_others(cadence, expected, plan)
        found += _rest(calendar, own)
    if complete:
        found += [violation("missing_week", f"{buddy} {week}", "judged_no_plan") for buddy, week in due]
    return found


def _stated(cadence: Cadence, weeks: tuple[BuddyWeeks, ...]) -> Iterator[Violation]:
    """Judge the cadence plan that each plan states, and use it to determine due visits."""
    for own in weeks:
        if own.cadence is not None and own.buddy in cadence.problem.buddy:
            wrong = check_cadence(cadence, own.buddy, own.cadence)
            yield from wrong
            if not wrong:
                cadence.take(own.buddy, own.cadence)


def _named(week: BuddyWeek, violations: list[Violation]) -> Iterator[Violation]:
    for each in violations:
        yield each.replace(where=f"{week.buddy} {week.week} {each.where}")


def _as_result(plan: WeekPlan, outside: frozenset[str]) -> WeekResult:
    """Return a plan as a kernel result, without what never reached the kernel."""
    return WeekResult(
        status=plan.status,
        objective=plan.objective,
        bound=plan.bound,
        travel_min=plan.travel_min,
        days=tuple(None if day is None else as_day(day) for day in plan.days),
        unplanned=tuple(
            UnplannedVisit(id=u.id, reason=u.reason.code) for u in plan.unplanned if u.id not in outside
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
    yield from call_violations(week, plan)
    named = {left_out.id for left_out in plan.unplanned}
    for visit in week.beyond:
        if visit.id not in named:
            where = f"{plan.buddy} {plan.week} {visit.id}"
            yield violation("accounted_for", where, "judged_neither")
    fixed = {visit.id for visit in week.instance.visits if visit.required}
    for key in plan.clash:
        if key not in fixed:
            yield violation("clash", f"{plan.buddy} {plan.week} {key}", "judged_no_appointment")
    for left_out in plan.unplanned:
        due = week.visits.get(left_out.id)
        if due is not None and left_out.company != due.company:
            where, right = f"{plan.buddy} {plan.week} {left_out.id}", due.company or message("nobody")
            yield violation("company", where, "judged_company", stated=left_out.company, right=right)


def _against_programme(
    problem: Problem, times: Times, calendar: Calendar, week: BuddyWeek, plan: WeekPlan
) -> Iterator[Violation]:
    for d, (route, day) in enumerate(zip(plan.days, days_of(plan.week), strict=True)):
        if route is None:
            continue
        where = f"{plan.buddy} {plan.week} {place_of(d)}"
        shift = calendar.shift(plan.buddy, day)
        if shift is None or route.leave < shift[0] or route.back > shift[1]:
            out = {"leave": route.leave, "back": route.back}
            if shift is None:
                yield violation("shift", where, "judged_no_shift", **out)
            else:
                yield violation("shift", where, "judged_shift", **out, start=shift[0], end=shift[1])
        yield from _off_violations(calendar, week, day, route, where)
        yield from stop_violations(calendar, week, day, route, where)
        yield from figure_violations(problem, times, (plan.buddy, day), route, where)
        work = work_of(week.instance, d, as_day(route))
        if route.work_min != work:
            yield violation("work", where, "judged_work_stated", stated=route.work_min, right=work)


def _off_violations(
    calendar: Calendar, week: BuddyWeek, day: date, route: DayRoute, where: str
) -> Iterator[Violation]:
    """Yield the stops of a route that are not within the buddy's hours, and wrong times off."""
    hours, shift = calendar.on_duty(week.buddy, day), week.instance.days[day.weekday()]
    for stop in route.stops:
        if not any(start <= stop.start and stop.end <= end for start, end in hours):
            span = {"start": stop.start, "end": stop.end, "hours": spans(hours)}
            yield violation("off", f"{where} {stop.id}", "judged_outside_hours", **span)
    if shift is not None and route.off != off_before(shift, route.back):
        stated = spans((off.start, off.end) for off in route.off)
        yield violation("off", where, "judged_off_stated", stated=stated, hours=spans(hours))


def _by_others(cadence: Cadence, week: BuddyWeek, plan: WeekPlan) -> Iterator[Violation]:
    """A company is visited by its cover of that day, else by its main buddy, unless a visit names buddies."""
    for day, route in zip(days_of(plan.week), plan.days, strict=True):
        for stop in route.stops if route else ():
            visit = week.visits.get(stop.id)
            if visit is None or visit.start is not None:
                continue
            main = cadence.matching.buddy_of.get(visit.company, "")
            request = visit.id if visit.care is None else ""
            visitor = cadence.visitors.of(visit.company, main, day, request)
            if visitor != plan.buddy:
                where = f"{plan.buddy} {plan.week} {stop.id}"
                whose = {"day": day, "company": visit.company, "visitor": visitor}
                yield violation("visitor", where, "judged_visitor", **whose)


def stop_violations(
    calendar: Calendar, week: BuddyWeek, day: date, route: DayRoute, where: str
) -> Iterator[Violation]:
    """Yield the stops of a route that are in the wrong place, or outside opening hours."""
    for stop in route.stops:
        visit = week.visits.get(stop.id)
        if visit is None:
            continue
        instead_of = visit.instead_of(week.buddy)
        if stop.instead_of != instead_of:
            for_whom = {
                "stated": stop.instead_of or message("nobody"),
                "right": instead_of or message("nobody"),
            }
            yield violation("instead_of", f"{where} {stop.id}", "judged_instead_of", **for_whom)
        if stop.place != visit.place or stop.mode is not CareMode.VISIT:
            both = {"stated": stop.place, "right": visit.place}
            yield violation("place", f"{where} {stop.id}", "judged_place", **both)
        open_then = visit.start is not None or any(
            opens <= stop.start and stop.end <= closes
            for opens, closes in calendar.opening(visit.company, day)
        )
        if not open_then:
            span = {"start": stop.start, "end": stop.end, "company": visit.company}
            yield violation("opening", f"{where} {stop.id}", "judged_closed", **span)


def figure_violations(
    problem: Problem, times: Times, of: tuple[str, date], route: DayRoute, where: str
) -> Iterator[Violation]:
    """Yield errors in the base, travel and distance that a route of a buddy and day states."""
    start, stated = problem.start(*of), route.base or of[0]
    if stated != start:
        yield violation("base", where, "judged_base", stated=stated, right=start)
    way = [start, *(stop.place for stop in route.stops), start]
    if any(place not in times.node for place in way):
        yield violation("place", where, "judged_no_times")
        return
    travel = sum(times.minutes(a, b) for a, b in pairwise(way))
    metres = sum(times.metres(a, b) for a, b in pairwise(way))
    if (route.travel_min, route.distance_m) != (travel, metres):
        figures = {"stated_min": route.travel_min, "stated_m": route.distance_m}
        yield violation("travel", where, "judged_travel", **figures, right_min=travel, right_m=metres)


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
            rest, where = shift[0] + DAY_MIN - before.back, f"{own.buddy} {week} {place_of(d)}"
            yield violation("rest", where, "judged_rest", rest_min=rest, least=REST_MIN)
