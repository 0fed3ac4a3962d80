"""An earlier version of a plan as a new draft: the same weeks, to be published like any other draft."""

from datetime import date

from sqlalchemy import Connection

from data.base.dates import days_of, iso_week
from data.base.message import message
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


def restored(c: Connection, plan: StoredPlan, today: date, by_user: str) -> StoredPlan:
    """Store a copy of a plan that was in force as a draft of the next version, and return it.

    The draft has the same matching and replannings, so disruptions reported later are open again. The past
    cannot change: raises `Conflict` if, up to today, the plan differs from what is in force, and if it is a
    draft, incomplete, over, or in force already.
    """
    weeks = weeks_of_plan(c, plan.id)
    _expect_past(c, plan, weeks, today)
    new = NewPlan(
        programme=plan.programme,
        matching=plan.matching,
        first_week=plan.first_week,
        weeks=plan.weeks,
        buddies=weeks,
        by_user=by_user,
        complete=plan.complete,
        parent=plan.parent,
        replanning=plan.replanning,
    )
    return plan_of(c, keep_draft(c, new))


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
