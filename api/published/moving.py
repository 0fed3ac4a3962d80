"""A buddy moves a visit of their own week: which moves are possible, and which need no coordinator."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Connection

from api.planning.replanning import WEEK_WORK, published
from api.published.affected import Effect
from api.published.publishing import affected_by, published_now
from api.run.run import Run
from data.base.dates import aware, days_of
from data.base.message import message
from data.results.promise import Promise
from data.results.replanning import Moved
from data.store.database.record import Conflict, NotThere
from data.store.work.plans import base_holds, plan_of
from data.store.work.programmes import lock_programme
from scheduling.replan.due_visits import Week, visits_of
from scheduling.replan.reopened_weeks import Reopened
from scheduling.week.solve import WeekOptions, solve_week


class MovedSince(Conflict):
    """The visit starts at another time than the one that was read: somebody has moved it."""

    kind: ClassVar[str] = "moved_since"


def expect_start(run: Run, key: Week, visit: str, was: datetime | None) -> None:
    """Raise `MovedSince` if a visit of a buddy's week starts at another moment than the one that was read."""
    starts = [
        aware(day, stop.start)
        for own in run.weeks
        for plan in own.weeks
        if (own.buddy, plan.week) == key
        for day, route in zip(days_of(plan.week), plan.days, strict=True)
        for stop in (route.stops if route else ())
        if stop.id == visit
    ]
    if was is not None and starts and starts[0] != was:
        raise MovedSince(
            message("visit_moved_since", visit=visit, now=starts[0].isoformat(), was=was.isoformat())
        )


def check_move(run: Run, key: Week, wish: Moved, moment: datetime, promises: tuple[Promise, ...]) -> None:
    """Raise if a visit of a buddy's week cannot be moved with every promise kept.

    `NotThere` if the week has no such visit, `UnknownDisruption` if it cannot be moved at all, `Conflict` if
    the window is not free, or no longer.
    """
    plans = [plan for own in run.weeks if own.buddy == key[0] for plan in own.weeks if plan.week == key[1]]
    if not any(wish.visit in visits_of(plan) for plan in plans):
        raise NotThere(message("not_your_visit", visit=wish.visit))
    reopened = Reopened(published(run), moment, (wish,), promises)
    firm = reopened.build(key, reopened.due[key], firm=True)
    options = WeekOptions(work=WEEK_WORK, reasons=False)
    if solve_week(firm.instance, options).objective is None:
        raise Conflict(message("no_start_left"))


def published_if_alone(c: Connection, key: str, run: Run, by_user: str) -> None:
    """Publish the draft of a move at once if only the moved visit changes; otherwise it stays a draft.

    Then no other visit starts at another minute, so that nobody else needs to be told, and no promise is
    broken.
    """
    draft, record = plan_of(c, key), run.replannings[-1]
    lock_programme(c, draft.programme)
    moved = {each.visit for each in record.disruptions if isinstance(each, Moved)}
    changes = affected_by(c, draft).changes
    alone = all(each.visit in moved and each.effect is Effect.MOVED for each in changes)
    if alone and not record.broken and base_holds(c, draft):
        published_now(c, draft, run, by_user)
