"""Appointments that repeat: on which days they take place, what falls out, and how one is moved."""

from pathlib import Path

from api.service.sources import default_sources
from api.words.findings import finding_sentence
from data.base.dates import minute_of
from data.tables.read import Reading, read_programme
from tests.data.tables.sheets import Rows, told, two_sheets, write_csv

OFFICE = [{"id": "hall", "address": "Marktplatz 1, 06108 Halle"}]
TEAM = {"id": "team", "start": "2026-12-01 09:00", "place": "hall", "buddies": "anna", "every_weeks": "2"}


def read(folder: Path, *appointments: dict[str, str], week: str = "2026-W49", **tables: Rows) -> Reading:
    given = two_sheets(appointments=list(appointments), places=OFFICE, **tables)
    return read_programme(write_csv(folder, given), default_sources().gazetteer, week)


def days(reading: Reading) -> dict[str, str]:
    """The day of each appointment by its id."""
    assert reading.problem is not None
    found = reading.problem.appointments
    assert len({each.id for each in found}) == len(found)
    return {each.id: minute_of(each.start)[0].isoformat()[5:] for each in found}


def test_an_appointment_repeats_every_few_weeks_under_ids_that_stay(tmp_path: Path) -> None:
    assert days(read(tmp_path, TEAM)) == {"team": "12-01", "team.2026-12-15": "12-15"}
    later = read(tmp_path, TEAM, week="2026-W51")
    assert days(later) == {"team.2026-12-15": "12-15", "team.2026-12-29": "12-29"}


def test_it_repeats_until_its_last_day(tmp_path: Path) -> None:
    assert list(days(read(tmp_path, TEAM | {"until": "2026-12-15"}, week="2026-W50"))) == ["team.2026-12-15"]
    assert list(days(read(tmp_path, TEAM | {"until": "2026-12-14"}))) == ["team"]


def test_the_time_on_the_wall_clock_stays_when_the_clocks_change(tmp_path: Path) -> None:
    """On 28 March 2027 clocks go forward by an hour."""
    weekly = TEAM | {"start": "2027-03-23 09:00", "every_weeks": "1"}
    reading = read(tmp_path, weekly, week="2027-W12")
    assert reading.problem is not None
    assert {minute_of(each.start)[1] for each in reading.problem.appointments} == {540}


def test_on_a_holiday_it_falls_out_and_is_told(tmp_path: Path) -> None:
    """Reformation Day 2028 is a Tuesday, and so is 3 October."""
    weekly = TEAM | {"start": "2028-10-24 09:00", "every_weeks": "1", "until": "2028-11-07"}
    reading = read(tmp_path, weekly, week="2028-W43")
    assert list(days(reading)) == ["team", "team.2028-11-07"]
    (finding,) = reading.findings
    assert "2028-10-31" in finding_sentence(finding, "en")


def test_one_falls_out_while_its_place_is_closed(tmp_path: Path) -> None:
    shut = {"who": "hall", "from": "2026-12-15", "hours": "09:30-12:00"}
    assert list(days(read(tmp_path, TEAM, availability=[shut]))) == ["team"]
    other_hours = shut | {"hours": "10:00-12:00"}
    assert len(days(read(tmp_path, TEAM, availability=[other_hours]))) == 2


def test_a_row_of_its_own_moves_one(tmp_path: Path) -> None:
    moved = {"id": "team.2026-12-15", "start": "2026-12-16 14:00", "place": "hall", "buddies": "anna"}
    assert days(read(tmp_path, TEAM, moved)) == {"team": "12-01", "team.2026-12-15": "12-16"}


def test_what_cannot_be_is_told(tmp_path: Path) -> None:
    once = {name: text for name, text in TEAM.items() if name != "every_weeks"}
    assert [t[3] for t in told(read(tmp_path, once | {"until": "2026-12-31"}))] == ["until"]
    assert [t[3] for t in told(read(tmp_path, TEAM | {"until": "2026-11-30"}))] == ["until"]
