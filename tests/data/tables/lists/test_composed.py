"""Cells that hold several columns are taken apart, and parts of one are joined."""

from pathlib import Path

import pytest

from data.model.identity import Identity
from data.model.problem import WeekWindows
from data.tables.reader import find_source
from tests.data.tables.lists.lists import buddy_with, csv_of, problem_in, read_lists

EIGHT_TO_FOUR, CLOSED = ((480, 960),), ()


def identity(folder: Path, header: list[str], cells: list[str]) -> Identity:
    found = read_lists(folder, Betriebe=[["Nr.", *header], ["mill", *cells]])
    assert found.findings == ()
    problem_in(found)
    return next(person for person in found.identities.people if person.id == "mill")


@pytest.mark.parametrize(
    ("header", "cell", "postcode", "town"),
    [
        ("PLZ Ort", "06108 Halle (Saale)", "06108", "Halle (Saale)"),
        ("PLZ/Ort", "06108 Halle", "06108", "Halle"),
        ("PLZ, Ort", "D-06108 Halle", "06108", "Halle"),
        ("PLZ und Ort", "06108, Halle", "06108", "Halle"),
        ("PLZ + Ort", "Halle 06108", "06108", "Halle"),
        ("Ort mit PLZ", "Halle (06108)", "06108", "Halle"),
        ("PLZ/Ort", "39576 Stendal", "39576", "Stendal"),
        ("PLZ/Ort", "Stendal", "", "Stendal"),
        ("Postcode and town", "06108 Halle", "06108", "Halle"),
    ],
)
def test_postcode_and_town_in_one_cell(
    tmp_path: Path, header: str, cell: str, postcode: str, town: str
) -> None:
    found = identity(tmp_path, [header], [cell])
    assert (found.postcode, found.town) == (postcode, town)


def test_a_postcode_in_the_cell_of_the_town(tmp_path: Path) -> None:
    found = identity(tmp_path, ["Ort"], ["06108 Halle (Saale)"])
    assert (found.postcode, found.town) == ("06108", "Halle (Saale)")


@pytest.mark.parametrize(
    "cell",
    [
        "Hauptstr. 12a, 06108 Halle (Saale)",
        "Hauptstr. 12a; D-06108 Halle (Saale)",
        "Hauptstr. 12a\n06108 Halle (Saale)",
        "Hauptstr. 12a 06108 Halle (Saale)",
    ],
)
@pytest.mark.parametrize("header", ["Anschrift", "Adresse", "Firmenadresse", "Address"])
def test_a_whole_address_in_one_cell(tmp_path: Path, header: str, cell: str) -> None:
    found = identity(tmp_path, [header], [cell])
    assert (found.street, found.postcode, found.town) == ("Hauptstr. 12a", "06108", "Halle (Saale)")


@pytest.mark.parametrize("header", ["Hausnummer", "Hausnr.", "Nr.", "Haus-Nr."])
def test_a_house_number_apart_from_its_street(tmp_path: Path, header: str) -> None:
    found = identity(tmp_path, ["Straße", header, "PLZ", "Ort"], ["Ring", "5 b", "06108", "Halle"])
    assert found.street == "Ring 5 b"


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (["Vorname", "Nachname"], ["Jörg", "Müller"]),
        (["Nachname", "Vorname"], ["Müller", "Jörg"]),
        (["Name", "Vorname"], ["Müller", "Jörg"]),
    ],
)
def test_first_and_last_name_of_a_buddy(tmp_path: Path, header: list[str], cells: list[str]) -> None:
    rows = [["Kürzel", *header, "PLZ", "Ort"], ["jm", *cells, "06108", "Halle"]]
    found = read_lists(tmp_path, Buddys=rows)
    names = {person.id: person.name for person in found.identities.people}
    assert names["jm"] == "Jörg Müller" and found.findings == ()


def test_first_and_last_name_in_a_list_of_companies_are_the_contact_s(tmp_path: Path) -> None:
    header = ["Firma", "Vorname", "Nachname", "PLZ", "Ort"]
    found = identity(tmp_path, header, ["Mühle", "Ute", "Korn", "06108", "Halle"])
    assert (found.name, found.contact_name) == ("Mühle", "Ute Korn")


@pytest.mark.parametrize(
    ("cell", "week"),
    [
        ("8-16 Uhr", (*[EIGHT_TO_FOUR] * 5, CLOSED, CLOSED)),
        ("Mo-Fr 8-16 Uhr", (*[EIGHT_TO_FOUR] * 5, CLOSED, CLOSED)),
        ("Mo–Fr: 08:00–16:00", (*[EIGHT_TO_FOUR] * 5, CLOSED, CLOSED)),
        ("Montag bis Freitag 8 bis 16 Uhr", (*[EIGHT_TO_FOUR] * 5, CLOSED, CLOSED)),
        ("Mo-Do 8-16 Uhr, Fr 8-12 Uhr", (*[EIGHT_TO_FOUR] * 4, ((480, 720),), CLOSED, CLOSED)),
        ("Mo, Mi 8-16; Sa geschlossen", (EIGHT_TO_FOUR, CLOSED, EIGHT_TO_FOUR, *[CLOSED] * 4)),
        ("Mo+Di 8-12 und 13-16", (((480, 720), (780, 960)),) * 2 + (CLOSED,) * 5),
        ("Mon-Wed 8:00-16:00", (*[EIGHT_TO_FOUR] * 3, *[CLOSED] * 4)),
    ],
)
def test_the_opening_of_a_week_in_one_cell(tmp_path: Path, cell: str, week: WeekWindows) -> None:
    found = read_lists(
        tmp_path, Betriebe=[["Nr.", "PLZ", "Ort", "Öffnungszeiten"], ["mill", "06110", "Halle", cell]]
    )
    assert problem_in(found).company["mill"].opening == week and found.findings == ()


@pytest.mark.parametrize("header", ["Mo-Do", "Mo – Do", "Mo.–Do.", "Montag bis Donnerstag", "Mon-Thu"])
def test_several_days_in_one_column(tmp_path: Path, header: str) -> None:
    rows = [["Nr.", "PLZ", "Ort", header, "Fr"], ["mill", "06110", "Halle", "8-16", "8-12"]]
    found = read_lists(tmp_path, Betriebe=rows)
    assert problem_in(found).company["mill"].opening == (
        *[EIGHT_TO_FOUR] * 4,
        ((480, 720),),
        CLOSED,
        CLOSED,
    )
    assert found.findings == ()


@pytest.mark.parametrize("header", ["Do-Mo", "Mo-Ende", "Mo-Mo", "days 0 x"])
def test_what_is_no_span_of_days_is_not_known(tmp_path: Path, header: str) -> None:
    found = read_lists(tmp_path, Betriebe=[["Nr.", "PLZ", "Ort", header], ["mill", "06110", "Halle", "8-16"]])
    assert [(f.column, f.problem.code) for f in found.findings] == [(header, "no_column")]


def test_an_opening_that_cannot_be_read_is_an_error_at_its_column(tmp_path: Path) -> None:
    rows = [["Nr.", "PLZ", "Ort", "Öffnungszeiten"], ["mill", "06110", "Halle", "nach Vereinbarung"]]
    found = read_lists(tmp_path, Betriebe=rows)
    assert {finding.column for finding in found.findings} == {"Öffnungszeiten"}


def test_the_working_hours_of_a_buddy_in_one_cell(tmp_path: Path) -> None:
    buddy, _ = buddy_with(tmp_path, Arbeitszeit="Mo-Mi 8-16 Uhr")
    assert buddy.shifts == (*[EIGHT_TO_FOUR] * 3, *[CLOSED] * 4)


@pytest.mark.parametrize(
    ("day", "clock"), [("24.11.2026", "10:00"), ("Di, 24.11.2026", "10 Uhr"), ("2026-11-24", "10.00")]
)
def test_day_and_time_of_an_appointment_apart(tmp_path: Path, day: str, clock: str) -> None:
    rows = [["Termin-Nr.", "Datum", "Uhrzeit", "Betrieb", "Buddys"], ["t1", day, clock, "mill", "anna"]]
    found = read_lists(tmp_path, Termine=rows)
    (appointment,) = problem_in(found).appointments
    assert appointment.start.isoformat() == "2026-11-24T10:00:00+01:00" and found.findings == ()


def test_a_source_has_the_columns_that_cells_hold_in_place_of_theirs(tmp_path: Path) -> None:
    """Whoever asks which columns a list has, such as what changes a register, is told of these."""
    rows = [["Nr.", "Firma", "PLZ/Ort", "Öffnungszeiten"], ["mill", "Mühle", "06108 Halle", "8-16"]]
    sheet = find_source(csv_of(tmp_path / "Betriebe.csv", rows)).sheets["companies"]
    assert sheet and {"id", "name", "postcode", "town", "mon", "sun"} <= set(sheet.header)
    assert not {"PLZ/Ort", "postcode_town", "opening"} & set(sheet.header)
