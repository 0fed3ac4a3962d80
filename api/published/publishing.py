"""Publishes a plan from the store: whom it affects compared with what is in force, and its promises."""

from sqlalchemy import Connection

from api.published.affected import Affected, Follows, affected
from api.published.rebasing import changed_since
from api.run.registered.programmes import Programmes
from api.run.run import Run, of_weeks
from data.access import Reader, in_programme
from data.base.dates import parse_week
from data.base.message import message
from data.register.changes.adopting import adopt, adoption_of
from data.results.promise import Promise
from data.results.solution import WeekPlan
from data.store.database.record import NotThere
from data.store.register.change_sets import last_change_set
from data.store.work.matchings import matching_of
from data.store.work.plans import (
    StoredPlan,
    base_holds,
    plan_in_force,
    plan_of,
    publish,
    weeks_of_plan,
)
from data.store.work.promises import keep_promises, promises_of_week
from scheduling.plan.promises import promises_of


def visible_plan(c: Connection, key: str, by: Reader) -> StoredPlan:
    """Return a plan of the reader's programme; raises `NotThere`."""
    plan = plan_of(c, key)
    if not in_programme(by, plan.programme):
        raise NotThere(message("no_plan", plan=key))
    return plan


def draft_effects(c: Connection, programmes: Programmes, plan: StoredPlan) -> Affected:
    """Return who is affected if a draft is published, what others did since it was made, and whom it adopts.

    The matching of a plan is adopted with it unless it was before, from the plan's first day on.
    """
    found, holds = affected_by(c, plan), base_holds(c, plan)
    follows: tuple[Follows, ...] = ()
    stored = matching_of(c, plan.matching)
    if stored.adopted_at is None and last_change_set(c, plan.programme) is not None:
        register, day = programmes.register(c, plan.programme), parse_week(plan.first_week)
        follows = tuple(
            Follows(company=e.company, before=e.before or None, after=e.after or None, since=e.since)
            for e in adoption_of(register, stored.matching, day).successions
        )
    since = () if holds else changed_since(c, plan)
    return found.replace(base_in_force=holds, published_since=since, adopts=follows)


def affected_by(c: Connection, plan: StoredPlan) -> Affected:
    """Return who is affected if a plan replaces those in force for its weeks."""
    before: dict[tuple[str, str], WeekPlan] = {}
    promises: list[Promise] = []
    for week in plan.covered:
        promises += [each.promise for each in promises_of_week(c, plan.programme, week)]
        try:
            held = plan_in_force(c, plan.programme, week)
        except NotThere:
            continue
        before |= _weeks(c, held.id, (week,))
    found = affected(before, _weeks(c, plan.id, plan.covered), promises)
    lost = plan.replanning.unplaced if plan.replanning else None
    return found.replace(unplaced=lost or ())


def published_now(c: Connection, plan: StoredPlan, run: Run, by_user: str) -> StoredPlan:
    """Publish a draft and enter its promises; raises what `data.store.work.plans.publish` raises."""
    published = publish(c, plan.id, by_user)
    own_weeks = of_weeks(run, published.covered).weeks
    made = {own.buddy: promises_of(run.problem, (own,)) for own in own_weeks}
    keep_promises(c, published, made)
    return published


def adopt_with(c: Connection, programmes: Programmes, plan: StoredPlan, by_user: str) -> None:
    """Adopt the matching of a plan that is published, unless it was adopted before."""
    stored = matching_of(c, plan.matching)
    if stored.adopted_at is None and last_change_set(c, plan.programme) is not None:
        area = programmes.area(c, plan.programme)
        adopt(c, programmes.registers, area, stored, parse_week(plan.first_week), by_user)


def _weeks(c: Connection, plan: str, weeks: tuple[str, ...]) -> dict[tuple[str, str], WeekPlan]:
    held = weeks_of_plan(c, plan)
    return {(own.buddy, each.week): each for own in held for each in own.weeks if each.week in weeks}
