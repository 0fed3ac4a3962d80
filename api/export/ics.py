"""A calendar file for each buddy (RFC 5545), to open or to subscribe to on a phone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration, vRecur, vText

from api.export.map.points import spot_of
from api.run.names import Names
from api.run.planned_days import Leg, PlannedDay, clock, planned_days
from api.run.run import Run
from api.run.waiting import wait_min
from api.words.speaker import Speaker
from data.base.dates import ZONE, aware, parse_week
from data.results.replanning import Replanning

PRODUCT = "-//buddyplan//week plans"
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
"""SEQUENCE counts seconds from here; they fit into 32 bits until 2088."""
AHEAD = timedelta(weeks=104)
"""Nobody publishes a week so long before it."""
REFRESH = timedelta(hours=6)
SUMMER = TimezoneDaylight, "CEST", datetime(1996, 3, 31, 2), 3, timedelta(hours=1), timedelta(hours=2)
WINTER = TimezoneStandard, "CET", datetime(1996, 10, 27, 3), 10, timedelta(hours=2), timedelta(hours=1)


def calendar_of(run: Run, names: Names, buddy: str, days: list[PlannedDay], say: Speaker) -> bytes:
    """Return the calendar of one buddy's days in a language: an event for each stop and each break.

    A visit keeps its UID while it belongs to this buddy, and a dropped visit becomes a cancelled event. The
    same plan gives the same bytes: of a plan that no service has published, the moment at which it is told is
    that of the buddy's last replanning.
    """
    records = [record for record in run.replannings if any(own.buddy == buddy for own in record.before)]
    told_at = run.told_at or _told_by_files(run, records)
    kept = events_of(run, names, days, say)
    dropped: dict[str, Event] = {}
    for record in records:
        before = replace(run, weeks=tuple(own for own in record.before if own.buddy == buddy))
        dropped |= events_of(before, names, planned_days(before), say)
    calendar = empty_calendar(names.name(buddy), say)
    for uid, event in (*kept.items(), *sorted((uid, dropped[uid]) for uid in dropped.keys() - kept.keys())):
        stamp(event, "CONFIRMED" if uid in kept else "CANCELLED", told_at)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def stamp(event: Event, status: str, told_at: datetime) -> None:
    """Give an event its status, and DTSTAMP and SEQUENCE by the moment at which it is told.

    Both never fall, whichever file, export or feed an event comes from, since moments do not: SEQUENCE is the
    number of seconds until then.
    """
    event.add("status", status)
    event.add("sequence", max(0, int((told_at - BEGIN).total_seconds())))
    event.add("dtstamp", told_at.astimezone(UTC))


def _told_by_files(run: Run, records: Iterable[Replanning]) -> datetime:
    """Return the moment of the last replanning; the first plan comes before whatever a service publishes."""
    told_at = datetime.combine(parse_week(run.problem.horizon.first_week) - AHEAD, datetime.min.time(), UTC)
    for record in records:
        told_at = max(told_at + timedelta(seconds=1), record.moment.astimezone(UTC))
    return told_at


def empty_calendar(name: str, say: Speaker) -> Calendar:
    """Return the calendar of a buddy with this name, with its time zone and without events."""
    calendar = Calendar()
    calendar.add("prodid", f"{PRODUCT}//{say.language.upper()}")
    calendar.add("version", "2.0")
    for title in ("name", "x-wr-calname"):
        # The library does not know the type of these values and writes them unchanged.
        calendar.add(title, vText(" ".join(say.t("ics_calendar", name=name).split())))
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add_component(_zone())
    return calendar


def events_of(run: Run, names: Names, days: Iterable[PlannedDay], say: Speaker) -> dict[str, Event]:
    """Return an event for each stop and break of some days by UID, without status and sequence."""
    return {str(event["uid"]): event for event in _events(run, names, days, say)}


def _events(run: Run, names: Names, days: Iterable[PlannedDay], say: Speaker) -> Iterator[Event]:
    for day in days:
        for leg in day.legs:
            yield _stop(run, names, day, leg, say)
        for pause in day.route.breaks:
            uid = f"break-{day.date:%Y%m%d}-{pause.start}-{day.buddy}@buddyplan"
            event = _event(uid, say.t("ics_break"), day, (pause.start, pause.end))
            event.add("transp", "TRANSPARENT")
            yield event


def _stop(run: Run, names: Names, day: PlannedDay, leg: Leg, say: Speaker) -> Event:
    stop = leg.stop
    title = names.name(stop.place)
    event = _event(
        f"{stop.id}-{day.buddy}@buddyplan",
        say.t("ics_appointment", place=title) if leg.appointment else title,
        day,
        (stop.start, stop.end),
    )
    if address := names.address(stop.place):
        event.add("location", address)
    if point := spot_of(run, stop.place):
        event.add("geo", (point.lat, point.lon))
    event.add("description", _about(names, day, leg, say))
    return event


def _about(names: Names, day: PlannedDay, leg: Leg, say: Speaker) -> str:
    stop, waiting = leg.stop, wait_min(day.route, leg.stop)
    contact = names.contact(stop.place)
    way = say.t("ics_way", leave=clock(stop.arrive - leg.travel_min), travel=leg.travel_min)
    lines = [say.t("ics_waiting", way=way, minutes=waiting) if waiting else way]
    lines += [say.t("ics_contact", contact=", ".join(contact))] if contact else []
    lines += [say.t("report_instead_of", main=names.name(leg.instead_of))] if leg.instead_of else []
    return "\n".join(lines)


def _event(uid: str, summary: str, day: PlannedDay, window: tuple[int, int]) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("summary", summary)
    event.add("dtstart", aware(day.date, window[0]))
    event.add("dtend", aware(day.date, window[1]))
    return event


def _zone() -> Timezone:
    """Return the rule in force in the European Union since 1996; it needs no table of years."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    for kind, name, since, month, before, after in (SUMMER, WINTER):
        part = kind()
        part.add("dtstart", since)
        part.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1su"))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone
