"""Slots to offer in a run's weeks, for one buddy or several, and the cost of fitting a visit in."""

from dataclasses import dataclass, replace
from datetime import datetime

from api.planning.replanning import WEEK_WORK, published
from api.run.run import Run
from data.base.dates import iso_week
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.vocabulary import CareMode
from data.results.promise import Promise
from scheduling.cadence.choose import DueVisit
from scheduling.cadence.rhythm import URGENT_PRIORITY
from scheduling.replan.cover_by_colleagues import OpenWeeks
from scheduling.replan.due_visits import Week
from scheduling.replan.fit_in import FitIn, fit_in
from scheduling.replan.reopened_weeks import Reopened
from scheduling.replan.slots import Slot, common_slots, move_slots, slots
from scheduling.week.solve import WeekOptions

NEW = "new visit"
"""The id of the visit to find a slot for."""


@dataclass(frozen=True)
class Wanted:
    """A visit to find a time for, at a company or place, by these buddies (none: the company's) in a week.

    If `visit` is set, it is the visit of that week to move, by the one buddy who makes it.
    """

    at: str
    buddies: tuple[str, ...] = ()
    minutes: int = 60
    week: str = ""
    visit: str = ""


@dataclass(frozen=True)
class Offer:
    """The slots that keep all promises and, for one buddy, the cost of a visit that is not planned yet."""

    week: str
    buddies: tuple[str, ...]
    slots: tuple[Slot, ...]
    fit_in: FitIn | None


def offer(run: Run, wanted: Wanted, moment: datetime, promises: tuple[Promise, ...]) -> Offer:
    """Return the slots of a visit; raises `BuddyplanError` for ids and weeks that the run does not have."""
    plan = published(run)
    if wanted.at not in run.problem.company and wanted.at not in run.problem.place:
        raise BuddyplanError(message("no_place", place=wanted.at))
    reopened = Reopened(plan, moment, (), promises)
    week = wanted.week or _first_week(reopened)
    own, until = reopened.visitor_until(wanted.at, week)
    if not (own or wanted.buddies):
        raise BuddyplanError(message("company_without_buddy", company=wanted.at))
    buddies = wanted.buddies or (own,)
    keys: tuple[Week, ...] = tuple((buddy, week) for buddy in buddies)
    for buddy in buddies:
        if buddy not in run.problem.buddy:
            known = ", ".join(sorted(run.problem.buddy)[:3])
            raise BuddyplanError(message("buddy_not_in_run", buddy=buddy, known=known))
    for buddy, _ in keys:
        if (buddy, week) not in reopened.plans:
            said = message("buddy_without_week", buddy=buddy, week=week)
            raise BuddyplanError(said, cause=message("week_over", buddy=buddy, week=week))
    if wanted.visit:
        planned = _moves(reopened, keys, wanted)
        if planned.slots or wanted.visit in _planned(reopened, keys[0]):
            return planned
        return replace(planned, fit_in=_forced(Reopened(plan, moment, (), promises), keys[0], wanted.visit))
    company = wanted.at if wanted.at in run.problem.company else ""
    # Who is named may come on any day; else the days are those of who visits the company next.
    last = None if wanted.buddies else until
    visit = DueVisit(NEW, company, wanted.at, CareMode.VISIT, wanted.minutes, URGENT_PRIORITY, last_day=last)
    weeks = OpenWeeks(reopened, WeekOptions(work=WEEK_WORK), None)
    found = slots(weeks, keys[0], visit) if len(keys) == 1 else common_slots(weeks, keys, visit)
    return Offer(week, buddies, found, fit_in(weeks, keys[0], visit) if len(keys) == 1 else None)


def _moves(reopened: Reopened, keys: tuple[Week, ...], wanted: Wanted) -> Offer:
    visit, (key, *more) = wanted.visit, keys
    if more or visit not in reopened.due[key] or reopened.visits[visit].place != wanted.at:
        buddy, week = key
        said = message("no_open_visit", buddy=buddy, visit=visit, week=week, place=wanted.at)
        raise BuddyplanError(said, cause=message("visit_not_open", buddy=buddy, visit=visit, week=week))
    if reopened.visits[visit].start is not None:
        said = message("appointment_not_moved", visit=visit)
        raise BuddyplanError(said, cause=message("fixed_time", visit=visit))
    weeks = OpenWeeks(reopened, WeekOptions(work=WEEK_WORK), None)
    return Offer(key[1], (key[0],), move_slots(weeks, key, visit), None)


def _planned(reopened: Reopened, key: Week) -> set[str]:
    return {stop.id for day in reopened.plans[key].days if day for stop in day.stops}


def _forced(reopened: Reopened, key: Week, visit: str) -> FitIn:
    """Return the cost of making a visit that the week leaves out, as no slot has room for it."""
    weeks = OpenWeeks(reopened, WeekOptions(work=WEEK_WORK), None)
    weeks.visits[key] -= {visit}
    return fit_in(weeks, key, reopened.visits[visit])


def _first_week(reopened: Reopened) -> str:
    if not reopened.plans:
        day = reopened.moment[0]
        raise BuddyplanError(message("run_is_over", day=day, week=iso_week(day)))
    return min(week for _, week in reopened.plans)
