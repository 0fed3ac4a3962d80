"""A published plan of the small programme, and disruptions of it."""

from datetime import date, datetime
from typing import Any

from data.base.dates import aware
from data.model.dated import Availability
from data.model.problem import Point, Problem
from data.results.promise import PromiseState
from data.results.replanning import Disruption
from data.results.solution import DayRoute, WeekPlan
from scheduling.plan.promises import promises_of
from scheduling.replan.reopened_weeks import Published
from scheduling.replan.replan import Replanned, replan
from tests.builders import WEEK, times
from tests.scheduling.programmes import matched, planned, two_buddies

MONDAY, THURSDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 27)
SUNDAY = date(2026, 11, 22)


def both(company: str) -> tuple[tuple[str, ...], ...]:
    """Anna and Bert, as of one host, may visit any company."""
    return (("anna", "bert"),) if company else ()


def programme(**fields: Any) -> Problem:
    """The small programme with c1 on the way to Halle and Anna's companies closed on Monday: no ties.

    c5 is open on Friday only, so Bert has two days of two visits, with 160 min of travel on each. c1 is 20
    minutes from Magdeburg and 80 from c2 and c3, so all three are on one day, with 200 min of travel.
    """
    closed = tuple(Availability(who=key, first=MONDAY, last=MONDAY) for key in ("c1", "c2", "c3"))
    not_yet = Availability(who="c5", first=MONDAY, last=THURSDAY)
    of = two_buddies(**{"availability": (*closed, not_yet)} | fields)
    on_the_way = of.company["c1"].replace(point=Point(lat=51.931, lon=11.632))
    return of.replace(companies=(on_the_way, *of.companies[1:]))


def in_force(of: Problem | None = None) -> Published:
    asked = of or programme()
    return Published(asked, matched(asked), times(asked), planned(asked))


def after(
    *disruptions: Disruption,
    at: datetime | None = None,
    plan: Published | None = None,
    state: PromiseState = PromiseState.CONFIRMED,
    **options: Any,
) -> Replanned:
    """The plan after disruptions, by default reported on the Sunday before, with all promises confirmed."""
    before = plan or in_force()
    commitments = promises_of(before.problem, before.weeks, state)
    given = {"colleagues": both} | options
    return replan(before, at or aware(SUNDAY, 600), disruptions, commitments, **given)


def week(done: Replanned, buddy: str, name: str = WEEK) -> WeekPlan:
    (own,) = (own for own in done.weeks if own.buddy == buddy)
    return next(plan for plan in own.weeks if plan.week == name)


def stops(plan: WeekPlan) -> list[str]:
    return sorted(stop.id for day in plan.days if day for stop in day.stops)


def friday(plan: WeekPlan) -> DayRoute:
    route = plan.days[4]
    assert route is not None
    return route
