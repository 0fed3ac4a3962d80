"""Plan a published plan again after disruptions, breaking the fewest promises.

Stops done or under way stay. Every affected week is solved to optimality, with promises priced above all
travel; visits that a buddy cannot make are offered to colleagues one by one, largest weight first.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from data.base.errors import BuddyplanError
from data.base.message import message
from data.base.status import Status
from data.results.promise import Promise
from data.results.replanning import Cover, Disruption, Replanning
from data.results.solution import BuddyWeeks, WeekPlan
from data.results.visits import with_companies
from scheduling.plan.plan_weeks import UNLIMITED
from scheduling.plan.result import week_plan
from scheduling.replan.broken_promises import broken_promises, unplaced
from scheduling.replan.cover_by_colleagues import Colleagues, OpenWeeks, taker
from scheduling.replan.due_visits import Week
from scheduling.replan.reopened_weeks import Published, Reopened
from scheduling.week.solve import WeekOptions


@dataclass(frozen=True)
class Replanned:
    """All weeks after re-planning, those that changed, and the record of what was done."""

    weeks: tuple[BuddyWeeks, ...]
    changed: tuple[Week, ...]
    record: Replanning


class NobodyCanTake(BuddyplanError):
    """An urgent visit is at a company without a buddy, and no colleague has room for it."""

    kind: ClassVar[str] = "nobody_can_take"


def replan(
    published: Published,
    moment: datetime,
    disruptions: tuple[Disruption, ...],
    promises: tuple[Promise, ...],
    colleagues: Colleagues,
    options: WeekOptions = UNLIMITED,
    executor: Executor | None = None,
) -> Replanned:
    """Return the plan after the disruptions known at an aware moment.

    It minimises, in this order: urgent visits left out, confirmed promises broken, proposed ones broken, the
    weight of other visits left out, and travel. Raises `scheduling.replan.due_visits.UnknownDisruption` and
    `NobodyCanTake`.
    """
    reopened = Reopened(published, moment, disruptions, promises)
    weeks = OpenWeeks(reopened, options, executor)
    moved = tuple(_covers(weeks, colleagues))
    changed = sorted(reopened.upset | {(cover.buddy, week) for week, cover in moved})
    answers = {key: weeks.final(key) for key in changed}
    plans = {key: week_plan(reopened.times, a.week, a.result, a.clash) for key, a in answers.items()}
    broken = tuple(broken_promises(reopened, plans))
    undone = any(plan.unplanned or plan.clash for plan in plans.values())
    exact = all(answer.result.status is Status.OPTIMAL for answer in answers.values())
    touched = {buddy for buddy, _ in changed}
    record = Replanning(
        moment=moment,
        disruptions=disruptions,
        promises=promises,
        before=tuple(own for own in published.weeks if own.buddy in touched),
        covers=tuple(cover for _, cover in moved),
        broken=broken,
        proved=exact and (not moved or not (broken or undone)),
        unplaced=unplaced(reopened.plans, plans, broken),
    )
    after = tuple(_with_plans(own, plans) for own in published.weeks)
    return Replanned(after, tuple(changed), with_companies(record, published.problem))


def _covers(weeks: OpenWeeks, colleagues: Colleagues) -> Iterator[tuple[str, Cover]]:
    """Move stranded visits to colleagues who can take them; yield each with its ISO week."""
    reopened = weeks.reopened
    for visit, home in sorted(reopened.stranded, key=lambda each: _urgency(reopened, each[0])):
        company, found = reopened.visits[visit].company, taker(weeks, colleagues, visit, home)
        if found is None and home not in weeks.visits:
            raise NobodyCanTake(message("nobody_has_room", company=company, visit=visit))
        if found is None:
            continue
        if home in weeks.visits:
            weeks.visits[home] -= {visit}
        weeks.visits[found] |= {visit}
        yield home[1], Cover(visit=visit, company=company, buddy=found[0], instead_of=home[0])


def _urgency(reopened: Reopened, visit: str) -> tuple[bool, int, str]:
    due = reopened.visits[visit]
    return due.start is None, -due.weight, visit


def _with_plans(own: BuddyWeeks, plans: dict[Week, WeekPlan]) -> BuddyWeeks:
    return own.replace(weeks=tuple(plans.get((own.buddy, plan.week), plan) for plan in own.weeks))
