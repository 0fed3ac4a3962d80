"""Files of one buddy out of the store: a published week as calendar, paper or track, and the feed."""

import hashlib
from dataclasses import dataclass, replace

from icalendar import Calendar, Event
from sqlalchemy import Connection, select

from api.detail import Detail
from api.export.ics import calendar_of
from api.export.one_file import FileKind, Wish, exported
from api.names import Names
from api.own_week import kept_weeks, names_of
from api.planned_days import planned_days
from api.run import Run
from api.stored_run import StoredRuns
from data.entity import canonical_json
from data.gazetteer import Gazetteer
from data.store import schema as s
from data.store.plans import PlanState, StoredPlan, plan_of
from data.store.record import NotThere

MEDIA = {
    FileKind.ICS: "text/calendar; charset=utf-8",
    FileKind.PDF: "application/pdf",
    FileKind.GPX: "application/gpx+xml",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.GEOJSON: "application/geo+json",
}


def week_file(run: Run, kind: FileKind, buddy: str, week: str, gazetteer: Gazetteer) -> bytes:
    """Return a buddy's week as a file."""
    return exported(run, Wish(kind, buddy, week, Detail.FULL), gazetteer)


@dataclass(frozen=True)
class Feed:
    """What a buddy's feed is made from: every plan that was or is in force, the latest first."""

    programme: str
    buddy: str
    plans: tuple[StoredPlan, ...]
    tag: str


def feed_of(c: Connection, programme: str, buddy: str) -> Feed:
    """Return the feed of a buddy; raises `NotThere` where the buddy has no published week yet."""
    asked = select(s.plan.c.id).where(s.plan.c.programme == programme, s.plan.c.state != PlanState.DRAFT)
    keys = c.execute(asked.order_by(s.plan.c.version.desc()).limit(MOST_PLANS)).scalars()
    plans = tuple(plan_of(c, key) for key in keys)
    own = {plan.id: kept_weeks(c, plan.id, buddy) for plan in plans}
    weeks = [each for held in own.values() if held for each in held.weeks]
    if not weeks:
        raise NotThere("nothing is published for this buddy yet")
    places = {stop.place for week in weeks for day in week.days if day for stop in day.stops}
    people = [person.model_dump() for person in names_of(c, programme, places | {buddy}).people]
    content = canonical_json([buddy, [plan.id for plan in plans], people])
    return Feed(programme, buddy, plans, hashlib.sha256(content.encode()).hexdigest()[:32])


MOST_PLANS = 12
"""Of older plans no week is to come; what they dropped was dropped from calendars long ago."""


def feed_file(c: Connection, feed: Feed, runs: StoredRuns, gazetteer: Gazetteer) -> bytes:
    """Return the calendar of all weeks in force, with what newer versions dropped as cancelled.

    SEQUENCE is the version of the plan that said so last, so it rises with every change of a visit.
    """
    events: dict[str, Event] = {}
    settled: dict[str, int] = {}
    frame: Calendar | None = None
    for plan in feed.plans:
        run = runs.of_plan(c, plan.id)
        free = [week for week in plan.covered if week not in settled]
        frame = frame or _calendar(run, feed.buddy, (), gazetteer)
        for event in _calendar(run, feed.buddy, tuple(free), gazetteer).events:
            _stamp(event, plan, plan.version)
            events.setdefault(str(event["uid"]), event)
        for week in set(plan.covered) - set(free):
            for event in _calendar(run, feed.buddy, (week,), gazetteer).events:
                if str(event["uid"]) not in events:
                    event["status"] = "CANCELLED"
                    _stamp(event, feed.plans[0], settled[week])
                    events[str(event["uid"])] = event
        settled |= dict.fromkeys(free, plan.version)
    assert frame is not None
    for uid in sorted(events):
        frame.add_component(events[uid])
    return bytes(frame.to_ical())


def _calendar(run: Run, buddy: str, weeks: tuple[str, ...], gazetteer: Gazetteer) -> Calendar:
    own = tuple(each for each in run.weeks if each.buddy == buddy)
    shown = replace(run, weeks=own, replannings=())
    days = [day for day in planned_days(shown) if day.week in weeks]
    made = Calendar.from_ical(calendar_of(shown, Names(shown, gazetteer), buddy, days))
    assert isinstance(made, Calendar)
    return made


def _stamp(event: Event, plan: StoredPlan, version: int) -> None:
    del event["sequence"]
    event.add("sequence", version)
    if plan.published_at:
        del event["dtstamp"]
        event.add("dtstamp", plan.published_at)
