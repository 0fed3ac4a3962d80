"""Every calendar that the product writes follows RFC 5545 strictly and loads in two libraries."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar, Event

from api.export.ics import calendar_of
from api.run.names import Names
from api.run.planned_days import planned_days
from api.run.privacy_level import Detail, at_detail
from api.run.run import Run
from api.words.speaker import Speaker
from data.model.identity import Identities
from data.results.replanning import Cancelled, Missed, Replanning
from data.results.solution import BuddyWeeks, DayRoute
from tests.api.export.strict_calendar import faults
from tests.api.runs import run

BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=BERLIN)
LONG = "Straßenbau- und Gebäudereinigungsgesellschaft für Übersee, Öl; Äpfel \\ „Süd“ GmbH & Co. KG 職業 " * 3


def written(of: Run, buddy: str) -> bytes:
    days = [day for day in planned_days(of) if day.buddy == buddy]
    return calendar_of(of, Names(of), buddy, days, Speaker("de"))


def changed(of: Run, buddy: int, day: int, route: DayRoute | None, records: int = 1) -> Run:
    """The run after one day of a buddy was replanned, with `records` replannings in all."""
    own = of.weeks[buddy]
    plan = own.weeks[0]
    days = tuple(route if d == day else held for d, held in enumerate(plan.days))
    weeks: list[BuddyWeeks] = list(of.weeks)
    weeks[buddy] = own.replace(weeks=(plan.replace(days=days),))
    told = tuple(
        Replanning(moment=SUNDAY + timedelta(hours=n), disruptions=(Missed(visit="bakery-1"),), before=(own,))
        for n in range(records)
    )
    return replace(of, weeks=tuple(weeks), replannings=told)


def moved() -> Run:
    """Anna's visit begins an hour later than promised."""
    of = run()
    route = of.weeks[0].weeks[0].days[0]
    assert route is not None
    (stop,) = route.stops
    later = stop.replace(arrive=600, start=600, end=660)
    return changed(of, 0, 0, route.replace(leave=600, back=660, stops=(later,)))


def dropped() -> Run:
    of = changed(run(), 0, 0, None)
    told = of.replannings[0].replace(disruptions=(Cancelled(visit="bakery-1"),))
    return replace(of, replannings=(told,))


def renamed() -> Run:
    of = run()
    people = tuple(one.replace(name=LONG, street=LONG) for one in of.identities.people)
    return replace(of, identities=Identities(people=people))


def injected() -> Run:
    of = run()
    name = "x\r\nATTACH:http://x\nBEGIN:VEVENT\ty\\n;a,b"
    return replace(
        of, identities=Identities(people=tuple(one.replace(name=name) for one in of.identities.people))
    )


def weeks_empty() -> Run:
    of = run()
    return replace(
        of, weeks=tuple(own.replace(weeks=(own.weeks[0].replace(days=(None,) * 7),)) for own in of.weeks)
    )


RUNS = {
    "plain": run,
    "moved": moved,
    "dropped": dropped,
    "long names": renamed,
    "names that are lines": injected,
    "names alone": lambda: at_detail(run(), Detail.NAMES),
    "ids alone": lambda: at_detail(run(), Detail.IDS),
    "empty weeks": weeks_empty,
}


@pytest.mark.parametrize("buddy", ["anna", "ben"])
@pytest.mark.parametrize("kind", RUNS)
def test_a_calendar_keeps_the_standard_to_the_letter(kind: str, buddy: str) -> None:
    assert faults(written(RUNS[kind](), buddy)) == []


@pytest.mark.parametrize("buddy", ["anna", "ben"])
@pytest.mark.parametrize("kind", RUNS)
def test_a_second_library_reads_the_same_events(kind: str, buddy: str) -> None:
    raw = written(RUNS[kind](), buddy)
    ours = Calendar.from_ical(raw)
    other = vobject.readOne(raw.decode())
    told = [
        (event.uid.value, event.summary.value, event.dtstart.value.timestamp(), event.dtend.value.timestamp())
        for event in getattr(other, "vevent_list", [])
    ]
    assert told == [
        (str(event["uid"]), str(event["summary"]), event.start.timestamp(), event.end.timestamp())
        for event in ours.events
    ]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (b"\r\n", b"\n", "CRLF"),
        (b"UID:", b"UIX:", "without UID"),
        (b"TZID:Europe/Berlin", b"TZID:Europe/Paris", "zone"),
        (b"SUMMARY:", b"SUMMARY:a;b", "not escaped"),
        (b"SUMMARY:", b"SUMMARY:" + b"x" * 80, "octets"),
        (b"DTSTAMP:20241125T000000Z", b"DTSTAMP:20241125T000000", "DTSTAMP is"),
        (
            b"DTEND;TZID=Europe/Berlin:20261123T100000",
            b"DTEND;TZID=Europe/Berlin:20261123T080000",
            "ends before",
        ),
        (b"END:VEVENT", b"END:VTODO", "does not close"),
        (b"BEGIN:VEVENT", b"BEGIN VEVENT", "no content line"),
        (b"SEQUENCE:", b"SEQUENCE:1\r\nSEQUENCE:", "2 times"),
    ],
)
def test_the_strict_reading_finds_each_fault(before: bytes, after: bytes, fault: str) -> None:
    raw = written(run(), "anna")
    assert before in raw
    assert any(fault in each for each in faults(raw.replace(before, after)))


def event(of: Run, buddy: str = "anna") -> Event:
    return Calendar.from_ical(written(of, buddy)).events[0]


def test_a_moved_visit_keeps_its_uid_and_raises_its_sequence() -> None:
    first, second = event(run()), event(moved())
    assert first["uid"] == second["uid"]
    assert first["sequence"] < second["sequence"]
    assert second.start - first.start == timedelta(hours=1)
    assert second["dtstamp"].dt > first["dtstamp"].dt
    assert second["status"] == "CONFIRMED"


def test_every_further_re_planning_raises_it_again() -> None:
    of = run()
    told = [changed(of, 0, 0, of.weeks[0].weeks[0].days[0], records=count) for count in (1, 2)]
    assert event(told[0])["sequence"] < event(told[1])["sequence"]
    # also where both are said to have been known at one moment
    at_once = replace(told[1], replannings=(told[0].replannings[0],) * 2)
    assert event(told[0])["sequence"] < event(at_once)["sequence"]


def test_what_was_dropped_is_cancelled_under_its_uid() -> None:
    gone = event(dropped())
    assert (gone["uid"], gone["status"]) == (event(run())["uid"], "CANCELLED")
    assert gone["sequence"] > event(run())["sequence"]


@pytest.mark.parametrize("kind", RUNS)
def test_a_subscriber_is_told_how_often_to_look(kind: str) -> None:
    raw = written(RUNS[kind](), "anna")
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in raw
