"""The judge of a re-planning: settled stops must not have moved, and changed weeks must keep all rules.

It uses no solver: it reopens the published weeks from the same record, applies the covers, and recomputes
everything else.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from data.base.dates import days_of
from data.base.status import Violation, violation
from data.results.replanning import Replanning
from data.results.solution import BuddyWeeks, DayRoute, WeekPlan
from scheduling.judge.calls import call_violations
from scheduling.judge.plan import as_day, figure_violations, stop_violations
from scheduling.plan.model import BuddyWeek, relaxed
from scheduling.plan.settled import HERE, UnderWay
from scheduling.replan.broken_promises import broken_promises, starts_of, unplaced
from scheduling.replan.due_visits import Week
from scheduling.replan.reopened_weeks import Published, Reopened
from scheduling.week.day_judge import place_of, work_of
from scheduling.week.instance import PlannedDay, PlannedStop, UnplannedVisit, WeekResult
from scheduling.week.judge import check_week, travel_of


def check_replanning(
    published: Published, record: Replanning, after: tuple[BuddyWeeks, ...]
) -> list[Violation]:
    """Return every broken rule of the weeks after a re-planning of `published`, the plan before it.

    Raises `UnknownDisruption` if the record does not fit the plan.
    """
    reopened = Reopened(published, record.moment, record.disruptions, record.promises)
    moved = {cover.visit: cover for cover in record.covers}
    for key, visits in reopened.due.items():
        gone = {each for each in visits & moved.keys() if moved[each].instead_of == key[0]}
        reopened.due[key] = visits - gone
    for visit, home in reopened.stranded:
        if visit in moved:
            reopened.due[moved[visit].buddy, home[1]].add(visit)
    concerned = reopened.upset | {
        (moved[visit].buddy, home[1]) for visit, home in reopened.stranded if visit in moved
    }
    plans = {(own.buddy, plan.week): plan for own in after for plan in own.weeks}
    before = {(own.buddy, plan.week): plan for own in published.weeks for plan in own.weeks}
    found = [
        violation("unchanged", f"{buddy} {week}", "judged_unchanged")
        for (buddy, week), plan in before.items()
        if (buddy, week) not in concerned and plans.get((buddy, week)) != plan
    ]
    for key in sorted(concerned):
        if key not in plans:
            found.append(violation("missing_week", f"{key[0]} {key[1]}", "judged_no_plan"))
            continue
        violations = _judged(reopened, key, plans[key])
        if violations and not reopened.closed(key):
            # The rest of the day may be given up if no plan for it keeps all rules.
            reopened.close_today(key)
            violations = _judged(reopened, key, plans[key]) and violations
        found += violations
    found += _move_violations(reopened, record, plans)
    changed = {key: plans[key] for key in sorted(concerned) if key in plans}
    broken = tuple(broken_promises(reopened, changed))
    if broken != record.broken:
        found.append(violation("promises", "broken", "judged_promises"))
    if record.unplaced not in (None, unplaced(reopened.plans, changed, broken)):
        found.append(violation("unplaced", "unplaced", "judged_unplaced"))
    return found


def _judged(reopened: Reopened, key: Week, plan: WeekPlan) -> list[Violation]:
    week = reopened.build(key, reopened.due[key])
    where = f"{plan.buddy} {plan.week}"
    found = list(_settled_violations(week, plan)) or list(_strangers(week, plan, where))
    if found:
        return found
    result, found = _as_result(week, plan), list(call_violations(week, plan))
    for each in check_week(relaxed(week.instance, plan.clash), result):
        found.append(each.replace(where=f"{where} {each.where}"))
    for d, (route, day) in enumerate(zip(plan.days, days_of(plan.week), strict=True)):
        if route is not None:
            found += _route(reopened, week, day, route, plan, f"{where} {place_of(d)}")
    return found + list(_work_violations(week, plan, result)) + list(_travel_violations(reopened, plan))


def _move_violations(
    reopened: Reopened, record: Replanning, plans: Mapping[Week, WeekPlan]
) -> Iterator[Violation]:
    """A planned moved visit must start in its window, and only its own buddy may make it."""
    lent = {cover.visit for cover in record.covers}
    for visit, moved in sorted(reopened.moves.items()):
        if visit in lent:
            yield violation("moved", visit, "judged_not_to_colleague")
        home = {buddy for (buddy, _), visits in reopened.due.items() if visit in visits}
        for (buddy, _), plan in sorted(plans.items()):
            day, minute = dict(starts_of([plan])).get(visit, (None, 0))
            if day is None:
                continue
            if buddy not in home:
                yield violation("moved", visit, "judged_not_to", buddy=buddy)
            if day != moved.date or not moved.from_min <= minute <= moved.to_min:
                window = {"date": moved.date, "from_min": moved.from_min, "to_min": moved.to_min}
                yield violation("moved", visit, "judged_moved", day=day, start=minute, **window)


def _strangers(week: BuddyWeek, plan: WeekPlan, where: str) -> Iterator[Violation]:
    """A week must not plan anything that is neither due in it nor settled."""
    assert week.settled is not None
    here = week.settled.under_way
    settled = [route for route in (*week.settled.over, here.settled if here else None) if route]
    known = week.visits.keys() | {stop.id for route in settled for stop in route.stops}
    for stop in (stop for route in plan.days if route for stop in route.stops):
        if stop.id not in known:
            yield violation("unknown_visit", f"{where} {stop.id}", "judged_not_due")


def _work_violations(week: BuddyWeek, plan: WeekPlan, result: WeekResult) -> Iterator[Violation]:
    """The work stated for an open day must be its work so far plus that of the plan."""
    for d, (route, opened) in enumerate(zip(plan.days, result.days, strict=True)):
        if route is not None and opened is not None:
            work = work_of(week.instance, d, opened)
            if route.work_min != work:
                where = f"{plan.buddy} {plan.week} {place_of(d)}"
                yield violation("work", where, "judged_work_stated", stated=route.work_min, right=work)


def _travel_violations(reopened: Reopened, plan: WeekPlan) -> Iterator[Violation]:
    """The travel stated for the week must be that of all its days, including settled ones."""
    starts = [(route.base or plan.buddy, route) for route in plan.days if route]
    ways = [[start, *(stop.place for stop in route.stops), start] for start, route in starts]
    if any(place not in reopened.times.node for way in ways for place in way):
        return
    travel = sum(reopened.times.minutes(a, b) for way in ways for a, b in pairwise(way))
    if plan.travel_min != travel:
        where, both = f"{plan.buddy} {plan.week} week", {"stated": plan.travel_min, "right": travel}
        yield violation("travel_min", where, "judged_recomputed", **both)


def _route(
    reopened: Reopened, week: BuddyWeek, day: date, route: DayRoute, plan: WeekPlan, where: str
) -> Iterator[Violation]:
    yield from stop_violations(reopened.model.calendar, week, day, route, where)
    problem, of = reopened.model.problem, (plan.buddy, day)
    yield from figure_violations(problem, reopened.times, of, route, where)


def _settled_violations(week: BuddyWeek, plan: WeekPlan) -> Iterator[Violation]:
    """Routes that are over must be unchanged, and a day under way must begin with its settled stops."""
    assert week.settled is not None
    here = week.settled.under_way
    for d, (over, route) in enumerate(zip(week.settled.over, plan.days, strict=True)):
        where = f"{plan.buddy} {plan.week} {place_of(d)}"
        if over is not None:
            same = ("leave", "back", "work_min", "stops", "breaks", "off")
            if route is None or any(getattr(over, name) != getattr(route, name) for name in same):
                yield violation("settled", where, "judged_settled")
        elif here and here.day == d and here.settled:
            begun = here.settled.stops
            if route is None or route.stops[: len(begun)] != begun or route.leave != here.settled.leave:
                yield violation("settled", where, "judged_settled")


def _as_result(week: BuddyWeek, plan: WeekPlan) -> WeekResult:
    """Return the part of a plan that was open, as a kernel result."""
    assert week.settled is not None
    here, days = week.settled.under_way, list[PlannedDay | None]()
    for d, (over, route) in enumerate(zip(week.settled.over, plan.days, strict=True)):
        if over is not None or route is None:
            days.append(None)
        else:
            days.append(_open_part(route, here if here and here.day == d else None))
    return WeekResult(
        status=plan.status,
        objective=plan.objective,
        bound=plan.bound,
        travel_min=travel_of(week.instance, days),
        days=tuple(days),
        unplanned=tuple(
            UnplannedVisit(id=u.id, reason=u.reason.code) for u in plan.unplanned if u.id not in week.outside
        ),
    )


def _open_part(route: DayRoute, here: UnderWay | None) -> PlannedDay:
    day = as_day(route)
    if here is None:
        return day
    opened = day.model_copy(update={"breaks": day.breaks[len(here.breaks) :]})
    if here.settled is None:
        return opened
    hold = PlannedStop(id=HERE, arrive=here.until, start=here.until, end=here.until)
    stops = (hold, *day.stops[len(here.settled.stops) :])
    return opened.model_copy(update={"leave": here.until, "stops": stops})
