"""A buddy's calendar: read back by a parser, every stop and break at its wall-clock time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from api.export.ics import calendar_of
from api.run.names import Names
from api.run.planned_days import planned_days
from api.run.privacy_level import Detail, at_detail
from api.run.run import Run
from api.words.speaker import Speaker
from data.model.dated import Appointment
from data.model.identity import Identities
from data.results.replanning import Cancelled, Replanning
from tests.api.runs import run

BERLIN = ZoneInfo("Europe/Berlin")


def events(of: Run, buddy: str) -> list[Event]:
    return read(of, buddy).events


def read(of: Run, buddy: str) -> Calendar:
    days = [day for day in planned_days(of) if day.buddy == buddy]
    calendar = Calendar.from_ical(calendar_of(of, Names(of), buddy, days, Speaker("de")))
    assert isinstance(calendar, Calendar)
    return calendar


def test_a_visit_has_name_address_time_and_a_stable_uid() -> None:
    (visit,) = events(run(), "anna")
    assert visit["uid"] == "bakery-1-anna@buddyplan"
    assert visit["summary"] == "Bäckerei Kruste"
    assert visit["location"] == "Am Markt 1, 39104 Magdeburg"
    # Monday of 2026-W48 is 23 November; minutes 540 and 600 are 09:00 and 10:00
    assert visit.start == datetime(2026, 11, 23, 9, tzinfo=BERLIN)
    assert visit.end == datetime(2026, 11, 23, 10, tzinfo=BERLIN)
    assert visit["dtstart"].params["TZID"] == "Europe/Berlin"
    # two years before its week: whatever a service publishes comes later
    assert visit["dtstamp"].dt == datetime(2024, 11, 25, tzinfo=UTC)
    assert visit["sequence"] == (datetime(2024, 11, 25) - datetime(2020, 1, 1)).total_seconds()


def test_what_a_re_planning_dropped_is_a_cancelled_event() -> None:
    """Anna's only visit was on Monday; after its cancellation on Sunday, 10:00 local time, she has none."""
    of = run()
    told = Replanning(
        moment=datetime(2026, 11, 22, 10, tzinfo=BERLIN),
        disruptions=(Cancelled(visit="bakery-1"),),
        before=(of.weeks[0],),
    )
    plan = of.weeks[0].weeks[0]
    after = of.weeks[0].replace(weeks=(plan.replace(days=(None,) * 7),))
    (gone,) = events(run(weeks=(after, of.weeks[1]), replannings=(told,)), "anna")
    assert (gone["uid"], gone["status"]) == ("bakery-1-anna@buddyplan", "CANCELLED")
    assert gone["dtstamp"].dt == datetime(2026, 11, 22, 9, tzinfo=UTC)
    (visit, _) = events(run(weeks=(after, of.weeks[1]), replannings=(told,)), "ben")
    assert visit["status"] == "CONFIRMED" and visit["sequence"] < gone["sequence"]


def test_a_break_does_not_block_the_time() -> None:
    visit, pause = events(run(), "ben")
    assert "transp" not in visit
    assert (pause["summary"], pause["transp"]) == ("Pause", "TRANSPARENT")
    assert pause.start == datetime(2026, 11, 25, 10, tzinfo=BERLIN)


def test_leaving_travel_and_waiting_are_told() -> None:
    # arrives 08:07 after 4 minutes: |51.490 - 51.482| + |11.950 - 11.979| = 0.037 degrees, 100 minutes each
    assert events(run(), "ben")[0]["description"] == "Abfahrt 08:03, Fahrt 4 min, Wartezeit 53 min"


@pytest.mark.parametrize("detail", list(Detail))
def test_contact_and_phone_are_told_in_full_detail_alone(detail: Detail) -> None:
    known = run().identities.people
    people = tuple(
        one.replace(contact_name="Kim Kunz", contact_phone="+49 391 1234") if one.id == "bakery" else one
        for one in known
    )
    (visit,) = events(at_detail(run(identities=Identities(people=people)), detail), "anna")
    told = visit["description"].splitlines()
    assert told[1:] == (["Kontakt: Kim Kunz, +49 391 1234"] if detail is Detail.FULL else [])


def test_an_appointment_says_so() -> None:
    of = run()
    appointment = Appointment(id="bakery-1", start=datetime(2026, 11, 23, 9, tzinfo=BERLIN), minutes=60)
    (visit,) = events(run(problem=of.problem.replace(appointments=(appointment,))), "anna")
    assert visit["summary"] == "Termin: Bäckerei Kruste"


def test_the_zone_is_in_the_file_and_right_in_summer_and_winter() -> None:
    calendar = read(run(), "anna")
    assert calendar["refresh-interval"].dt == timedelta(hours=6)
    zone = calendar.timezones[0].to_tz()
    for month, hours in ((1, 1), (7, 2)):
        assert datetime(2026, month, 15, 12, tzinfo=zone).utcoffset() == timedelta(hours=hours)


def test_a_week_without_visits_is_an_empty_calendar() -> None:
    of = run()
    plan = of.weeks[0].weeks[0].replace(days=(None,) * 7)
    idle = run(weeks=(of.weeks[0].replace(weeks=(plan,)),))
    assert events(idle, "anna") == []


@pytest.mark.parametrize("buddy", ["anna", "ben"])
def test_uids_are_unique(buddy: str) -> None:
    uids = [str(event["uid"]) for event in events(run(), buddy)]
    assert len(set(uids)) == len(uids)
