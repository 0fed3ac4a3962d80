"""An earlier version of a plan as a new draft: the same weeks, to be published like any other draft."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from api.planning.replanning import replanned
from api.published.company_visits import CompanyVisit, company_visits, without_relation
from api.run.run import Run
from data.base.dates import days_of, iso_week, minute_of
from data.base.message import message
from data.register.rows.register import Register
from data.results.promise import Promise
from data.results.replanning import Cancelled
from data.results.solution import BuddyWeeks, DayRoute
from data.store.database.record import Conflict
from data.store.work.plans import (
    NewPlan,
    PlanState,
    StoredPlan,
    keep_draft,
    plan_in_force,
    plan_of,
    weeks_of_plan,
)

Days = dict[tuple[str, date], DayRoute]


def restored(
    c: Connection, plan: StoredPlan, run: Run, register: Register, moment: datetime, by_user: str
) -> tuple[StoredPlan, tuple[CompanyVisit, ...]]:
    """Store a copy of a plan that was in force as a draft of the next version; return it, and what it lacks.

    The draft has the same matching and replannings, so disruptions reported later are open again. Visits
    whose relation has ended since are called off in it; every other one keeps its minute. The past cannot
    change: raises `Conflict` if, up to today, the plan differs from what is in force, and if it is a draft,
    incomplete, over, or in force already.
    """
    today = minute_of(moment)[0]
    _expect_past(c, plan, run.weeks, today)
    ahead = company_visits(run, plan.covered, today + timedelta(days=1))
    gone = tuple(without_relation(ahead, register))
    weeks, parent, replanning = run.weeks, plan.parent, plan.replanning
    if gone:
        called_off = tuple(Cancelled(visit=each.visit, company=each.company) for each in gone)
        after = replanned(run, moment, called_off, tuple(_as_they_are(run)))
        weeks, parent, replanning = after.weeks, plan.id, after.replannings[-1]
    new = NewPlan(
        programme=plan.programme,
        matching=plan.matching,
        first_week=plan.first_week,
        weeks=plan.weeks,
        buddies=weeks,
        by_user=by_user,
        complete=plan.complete,
        parent=parent,
        replanning=replanning,
    )
    return plan_of(c, keep_draft(c, new)), gone


def _as_they_are(run: Run) -> Iterator[Promise]:
    """Yield a promise of its very minute for every visit, so that none moves when others are called off."""
    for each in company_visits(run, {plan.week for own in run.weeks for plan in own.weeks}, date.min):
        start = each.start_min
        yield Promise(visit=each.visit, company=each.company, date=each.day, from_min=start, to_min=start)


def _expect_past(c: Connection, plan: StoredPlan, weeks: tuple[BuddyWeeks, ...], today: date) -> None:
    if plan.state is PlanState.DRAFT:
        raise Conflict(message("plan_is_draft"))
    if plan.covered[-1] < iso_week(today):
        raise Conflict(cause=message("plan_over"))
    held = {week: plan_in_force(c, plan.programme, week) for week in plan.covered}
    if {each.id for each in held.values()} == {plan.id}:
        raise Conflict(cause=message("plan_in_force"))
    for week, other in held.items():
        then, now = (_days_until(own, week, today) for own in (weeks, weeks_of_plan(c, other.id)))
        differ = sorted(
            day for buddy, day in then.keys() | now.keys() if then.get((buddy, day)) != now.get((buddy, day))
        )
        if differ:
            day = str(differ[0])
            raise Conflict(message("day_has_changed", day=day), cause=message("day_happened", day=day))


def _days_until(weeks: tuple[BuddyWeeks, ...], week: str, today: date) -> Days:
    """Return the days with stops of a week up to today, by buddy."""
    return {
        (own.buddy, day): route
        for own in weeks
        for each in own.weeks
        if each.week == week
        for day, route in zip(days_of(week), each.days, strict=True)
        if route and day <= today
    }
