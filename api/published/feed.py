"""One buddy's feed from the store: a calendar of all weeks in force."""

import hashlib
from dataclasses import dataclass, replace

from icalendar import Event
from sqlalchemy import Connection, select

from api.export.ics import empty_calendar, events_of, stamp
from api.published.own_week import kept_weeks, names_of
from api.run.names import Names
from api.run.planned_days import planned_days
from api.run.stored import StoredRuns
from api.words.speaker import Speaker
from data.base.entity import canonical_json
from data.base.message import message
from data.model.identity import Identities
from data.store.database.record import NotThere
from data.store.tables import schema as s
from data.store.work.plans import PlanState, StoredPlan, plan_of


@dataclass(frozen=True)
class Feed:
    """The input of a buddy's feed: all plans that are or were in force, the latest first, and names."""

    programme: str
    buddy: str
    plans: tuple[StoredPlan, ...]
    names: Identities
    tag: str


def feed_of(c: Connection, programme: str, buddy: str) -> Feed:
    """Return the feed of a buddy; raises `NotThere` if the buddy has no published week yet."""
    asked = select(s.plan.c.id).where(s.plan.c.programme == programme, s.plan.c.state != PlanState.DRAFT)
    keys = c.execute(asked.order_by(s.plan.c.version.desc()).limit(MOST_PLANS)).scalars()
    plans = tuple(plan_of(c, key) for key in keys)
    own = {plan.id: kept_weeks(c, plan.id, buddy) for plan in plans}
    weeks = [each for held in own.values() if held for each in held.weeks]
    if not weeks:
        raise NotThere(message("nothing_published_for_buddy"))
    places = {stop.place for week in weeks for day in week.days if day for stop in day.stops}
    names = names_of(c, programme, places | {buddy})
    people = [person.model_dump() for person in names.people]
    told = [[plan.id, str(plan.told_at)] for plan in plans]
    content = canonical_json([buddy, told, people])
    return Feed(programme, buddy, plans, names, hashlib.sha256(content.encode()).hexdigest()[:32])


MOST_PLANS = 12
"""Older plans hold no future week; visits they dropped left the calendars long ago."""


def feed_file(c: Connection, feed: Feed, runs: StoredRuns, say: Speaker) -> bytes:
    """Return the calendar of all weeks in force; visits that newer versions dropped are marked cancelled.

    Each event is told at the moment of the plan that set its state, as in the file of a week
    (`api.export.ics.stamp`).
    """
    events: dict[str, Event] = {}
    settled: dict[str, StoredPlan] = {}
    for plan in feed.plans:
        run = runs.nameless(c, plan.id)
        weeks = tuple(each for each in run.weeks if each.buddy == feed.buddy)
        own = replace(run, weeks=weeks, identities=feed.names)
        names = Names(own)
        for day in planned_days(own):
            for uid, event in events_of(own, names, (day,), say).items():
                if uid in events or day.week not in plan.covered:
                    continue
                by = settled.get(day.week, plan)
                stamp(event, "CONFIRMED" if by is plan else "CANCELLED", by.told_at or by.created_at)
                events[uid] = event
        settled |= {week: plan for week in plan.covered if week not in settled}
    calendar = empty_calendar(names.name(feed.buddy), say)
    for uid in sorted(events):
        calendar.add_component(events[uid])
    return bytes(calendar.to_ical())
