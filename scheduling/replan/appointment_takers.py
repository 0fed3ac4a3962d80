"""Find colleagues for what clashes, requests left out, and visits whose buddy is away; people decide."""

from collections.abc import Collection
from concurrent.futures import Executor
from datetime import datetime, time
from zoneinfo import ZoneInfo

from data.base.dates import ZONE, days_of
from data.base.status import AWAY
from data.results.solution import BuddyWeeks, Taker, WeekPlan
from scheduling.plan.plan_weeks import UNLIMITED
from scheduling.replan.cover_by_colleagues import Colleagues, OpenWeeks, offers
from scheduling.replan.reopened_weeks import Published, Reopened
from scheduling.week.solve import WeekOptions


def with_takers(
    published: Published,
    colleagues: Colleagues,
    options: WeekOptions = UNLIMITED,
    executor: Executor | None = None,
) -> tuple[BuddyWeeks, ...]:
    """Return the weeks, with colleagues who could take at no loss what a buddy cannot make.

    No loss means that the colleague's own week keeps every appointment and leaves out no more weight.
    Colleagues of the own host come first, then those with the least extra travel.
    """
    requests = {request.id for request in published.problem.requests}
    every = [plan for own in published.weeks for plan in own.weeks]
    stranded = sorted({plan.week for plan in every if _to_take(plan, requests)})
    if not stranded:
        return published.weeks
    begin = datetime.combine(days_of(stranded[0])[0], time(), ZoneInfo(ZONE))
    weeks = OpenWeeks(Reopened(published, begin, ()), options, executor)
    return tuple(
        own.replace(weeks=tuple(_with_takers(plan, requests, weeks, colleagues) for plan in own.weeks))
        for own in published.weeks
    )


def _with_takers(
    plan: WeekPlan, requests: Collection[str], weeks: OpenWeeks, colleagues: Colleagues
) -> WeekPlan:
    to_take = _to_take(plan, requests)
    if not to_take:
        return plan
    found = [
        Taker(visit=visit, buddy=buddy, added_travel_min=more[-1])
        for visit in to_take
        for tier in offers(weeks, colleagues, visit, (plan.buddy, plan.week))
        for more, (buddy, _) in tier
        if not any(more[:-1])
    ]
    return plan.replace(takers=tuple(found))


def _to_take(plan: WeekPlan, requests: Collection[str]) -> tuple[str, ...]:
    """Return what a colleague may take: clashes, requests left out, visits whose buddy is away."""
    left_out = (left.id for left in plan.unplanned if left.reason.code in AWAY or left.id in requests)
    return tuple(dict.fromkeys((*plan.clash, *left_out)))
