"""Pitfalls of real files, each with its severity, as CSV and where possible as a workbook."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from api.words.findings import finding_sentence
from data.model.findings import Severity
from data.tables.read import Reading
from tests.data.tables.sheets import (
    BUDDY,
    COMPANY,
    Rows,
    english,
    only,
    read,
    told,
    two_sheets,
    write_book,
    write_csv,
)

ERROR, WARNING, REPAIRED = Severity.ERROR, Severity.WARNING, Severity.REPAIRED
Read = Callable[..., Reading]


@pytest.fixture(params=["csv", "xlsx"])
def reading(request: pytest.FixtureRequest, tmp_path: Path) -> Read:
    """Read one buddy and one company with changes: once from CSV files, once from a workbook."""

    def written(**changes: Rows) -> Reading:
        tables = two_sheets(**changes)
        if request.param == "csv":
            return read(write_csv(tmp_path / "programme", tables))
        return read(write_book(tmp_path / "programme.xlsx", tables))

    return written


def company(**cells: object) -> Rows:
    return [{**COMPANY, **cells}]


def appointment(start: object) -> Rows:
    return [{"id": "a", "start": start, "company": "mill"}]


@pytest.mark.parametrize("postcode", ["6108", 6108, 6108.0, "6108.0"])
def test_a_postcode_without_its_leading_zero_is_repaired(reading: Read, postcode: object) -> None:
    found = reading(companies=company(postcode=postcode))
    finding = only(found)
    assert (finding.severity, finding.row, finding.column) == (REPAIRED, 2, "postcode")
    assert 'lost its leading zero; read as "06108"' in finding_sentence(finding, "en")
    assert found.identities.of("mill").postcode == "06108"


def test_the_sentence_tells_where_what_and_what_instead(tmp_path: Path) -> None:
    found = read(write_csv(tmp_path, two_sheets(companies=company(postcode="6108"))))
    expected = 'companies.csv row 2, column postcode: "6108" lost its leading zero; read as "06108"'
    assert finding_sentence(only(found), "en") == expected


def test_semicolons_and_decimal_commas_are_read_and_told_once(tmp_path: Path) -> None:
    rows = [{"id": "mill", "lat": "51,482", "lon": "11,979"}, {"id": "yard", "lat": "51,5", "lon": "12,0"}]
    found = read(write_csv(tmp_path, two_sheets(companies=rows), separator=";"))
    assert told(found) == [(REPAIRED, "companies.csv", 2, "lat")]
    assert "decimal comma; read as 51.482, like 3 further cells" in finding_sentence(only(found), "en")
    assert found.problem is not None
    assert [(c.point.lat, c.point.lon) for c in found.problem.companies] == [(51.482, 11.979), (51.5, 12.0)]


def test_a_workbook_may_hold_decimal_commas_as_text(tmp_path: Path) -> None:
    found = read(write_book(tmp_path / "p.xlsx", two_sheets(companies=company(lat="51,482", lon=11.979))))
    assert (only(found).severity, only(found).column) == (REPAIRED, "lat")


def test_umlauts_in_cp1252_are_read_and_told(tmp_path: Path) -> None:
    rows = company(name="Müller & Söhne", postcode="06366", town="Köthen")
    found = read(write_csv(tmp_path, two_sheets(companies=rows), encoding="cp1252"))
    assert told(found) == [(REPAIRED, "companies.csv", 2, "")]
    assert found.identities.name("mill") == "Müller & Söhne"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_umlauts_in_utf_8_are_nothing_to_tell(tmp_path: Path, encoding: str) -> None:
    rows = company(name="Müller", postcode="06366", town="Köthen")
    found = read(write_csv(tmp_path, two_sheets(companies=rows), encoding=encoding))
    assert found.findings == () and found.identities.name("mill") == "Müller"


def test_two_rows_with_one_id_are_an_error_that_names_both(reading: Read) -> None:
    found = only(reading(companies=[COMPANY, {**COMPANY, "id": "yard"}, COMPANY]))
    assert (found.severity, found.row, found.column) == (ERROR, 4, "id")
    assert "is the id of row 2 too" in english(found.problem)


def test_buddies_companies_and_places_share_one_range_of_ids(reading: Read) -> None:
    found = only(reading(companies=company(id="Anna")))
    assert (found.severity, found.column) == (ERROR, "id")
    assert "differs only in case" in english(found.problem) and "buddies" in english(found.problem)


def test_a_town_that_exists_twice_needs_its_postcode(reading: Read) -> None:
    found = only(reading(companies=[{"id": "mill", "postcode": "", "town": "Altenburg"}]))
    assert (found.severity, found.column, english(found.remedy)) == (ERROR, "town", "add the postcode")
    assert "Nienburg" in english(found.problem) and "Naumburg" in english(found.problem)


def test_the_postcode_decides_between_towns_of_one_name(reading: Read) -> None:
    found = reading(companies=company(postcode="06429", town="Altenburg"))
    assert found.findings == () and found.problem is not None
    assert found.problem.companies[0].district == "15089"


def test_another_spelling_of_a_town_is_repaired(reading: Read) -> None:
    found = reading(companies=company(postcode="06862", town="Rosslau"))
    assert (only(found).severity, only(found).column) == (REPAIRED, "town")
    assert 'read as "Roßlau"' in english(only(found).remedy)


def test_a_town_without_its_addition_is_no_finding(reading: Read) -> None:
    assert reading(companies=company(town="Halle")).findings == ()


def test_a_postcode_of_another_town_is_an_error(reading: Read) -> None:
    found = only(reading(companies=company(postcode="39576", town="Naumburg (Saale)")))
    assert (found.severity, found.column) == (ERROR, "postcode")
    assert "Stendal" in english(found.problem)


@pytest.mark.parametrize("column", ["town", "postcode"])
def test_a_place_that_nobody_knows_is_an_error(reading: Read, column: str) -> None:
    unknown = {"id": "mill", "town": "", "postcode": ""} | {
        column: "00001" if column == "postcode" else "Nirgendwo"
    }
    assert (only(reading(companies=[unknown])).severity, only(reading(companies=[unknown])).column) == (
        ERROR,
        column,
    )


def test_a_company_outside_every_district_is_a_warning(reading: Read) -> None:
    leipzig = company(lat=51.34, lon=12.37, postcode="", town="Leipzig")
    found = reading(companies=leipzig)
    assert (only(found).severity, only(found).column) == (WARNING, "lat")
    assert found.problem is not None and found.problem.companies[0].district == ""


def test_swapped_coordinates_are_an_error_with_the_right_order(reading: Read) -> None:
    found = only(reading(companies=company(lat=11.979, lon=51.482)))
    assert found.severity is ERROR and "write lat 51.482 and lon 11.979" in english(found.remedy)


def test_coordinates_far_outside_germany_are_an_error(reading: Read) -> None:
    assert told(reading(companies=company(lat=48.85, lon=2.35)))[0][0] is ERROR


def test_coordinates_far_from_the_postcode_are_a_warning(reading: Read) -> None:
    found = only(reading(companies=company(lat=52.6, lon=11.86, postcode="06108")))  # Stendal, and Halle
    assert (found.severity, found.column) == (WARNING, "postcode")


def test_an_opening_that_ends_before_it_starts_is_an_error(reading: Read) -> None:
    found = only(reading(companies=company(mon="16:00-08:00")))
    assert (found.severity, found.column) == (ERROR, "mon")
    assert "ends before it starts" in english(found.problem)


def test_a_language_that_nobody_speaks_is_a_warning_told_once(reading: Read) -> None:
    groups = [{"company": "mill", "languages": "vi"}, {"company": "mill", "languages": "vi"}]
    groups += [{"company": "mill", "languages": "vi/uk"}]
    found = only(reading(specialists=groups))
    assert (found.severity, found.row, found.column) == (WARNING, 2, "languages")
    assert "asks for vi, which no buddy speaks at B1 or better, as in 1 further row" in english(found.problem)


def test_a_language_spoken_below_the_level_asked_for_is_not_spoken(reading: Read) -> None:
    found = reading(buddies=[{**BUDDY, "languages": "vi:A2"}], companies=company(specialists="vi:2"))
    assert (only(found).severity, only(found).column) == (WARNING, "specialists")


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        ("29.02.2028", None),
        ("2028-02-29", None),
        ("29.02.2027", ERROR),
        ("2027-02-29", ERROR),
        ("2100-02-29", ERROR),
    ],
)
def test_29_february_exists_in_leap_years_only(reading: Read, day: str, severity: Severity | None) -> None:
    found = reading(availability=[{"who": "anna", "from": day}])
    assert [finding.severity for finding in found.findings] == ([severity] if severity else [])
    if severity:
        assert "no leap year" in english(only(found).problem) and "03-01" in english(only(found).remedy)


def test_a_moment_that_the_spring_night_skips_is_an_error(reading: Read) -> None:
    found = only(reading(appointments=appointment("2027-03-28 02:30")))
    assert (found.severity, found.column) == (ERROR, "start")
    assert "does not exist: the clocks go forward" in english(found.problem)


def test_a_moment_that_the_autumn_night_repeats_is_a_warning_and_the_first(reading: Read) -> None:
    found = reading(appointments=appointment("2026-10-25 02:30"))
    happens_twice = [finding for finding in found.findings if "happens twice" in english(finding.problem)]
    assert [finding.severity for finding in happens_twice] == [WARNING]
    assert "2026-10-25T02:30:00+02:00" in english(happens_twice[0].remedy)
    assert found.problem is not None
    assert found.problem.appointments[0].start.isoformat() == "2026-10-25T02:30:00+02:00"


def test_a_day_of_a_clock_change_has_its_usual_times(reading: Read) -> None:
    found = reading(appointments=appointment("2027-03-28 10:00"))
    assert found.problem is not None
    assert found.problem.appointments[0].start.isoformat() == "2027-03-28T10:00:00+02:00"


@pytest.mark.parametrize(
    ("start", "name"),
    [
        ("31.10.2026 10:00", "Reformationstag"),
        ("2027-01-06 10:00", "Heilige Drei Könige"),
        ("2026-11-29 10:00", "Sunday"),
    ],
)
def test_an_appointment_on_a_day_off_is_a_warning(reading: Read, start: str, name: str) -> None:
    found = only(reading(appointments=appointment(start)))
    assert (found.severity, found.column) == (WARNING, "start")
    assert name in english(found.problem)


def test_a_workbook_s_own_dates_times_and_numbers_are_read(tmp_path: Path) -> None:
    tables = two_sheets(
        companies=company(employees=12.0, buddy_since=date(2026, 3, 2), buddy="anna"),
        appointments=appointment(datetime(2026, 11, 24, 10, 30)),
    )
    found = read(write_book(tmp_path / "p.xlsx", tables))
    assert found.findings == () and found.problem is not None
    assert found.problem.companies[0].employees == 12
    assert found.problem.relations[0].since == date(2026, 3, 2)
    assert found.problem.appointments[0].start.isoformat() == "2026-11-24T10:30:00+01:00"


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (46350, "2026-11-24"),
        (46350.0, "2026-11-24"),
        (36526, "2000-01-01"),
        (73050, "2099-12-31"),
        (36525, None),
        (73051, None),
        (4635, None),
    ],
)
def test_the_number_of_a_day_is_read_and_told(reading: Read, number: float, day: str | None) -> None:
    """Spreadsheets count days from 30 December 1899; a cell without a format of dates shows the number."""
    found = reading(companies=company(buddy="anna", buddy_since=number))
    finding = only(found)
    assert (finding.severity, finding.column) == (REPAIRED if day else ERROR, "buddy_since")
    if day:
        assert found.problem is not None and english(finding.remedy) == f"read as {day}"
        assert str(found.problem.relations[0].since) == day


def test_the_number_of_a_moment_is_read_and_told(reading: Read) -> None:
    """0.4375 of a day is 10:30."""
    found = reading(appointments=appointment(46350.4375))
    assert english(only(found).remedy) == "read as 2026-11-24 10:30"
    assert found.problem is not None
    assert found.problem.appointments[0].start.isoformat() == "2026-11-24T10:30:00+01:00"


def test_all_traps_are_told_in_one_run(reading: Read) -> None:
    found = reading(
        companies=[
            {"id": "a", "postcode": "6108", "town": "Halle", "mon": "16:00-08:00", "specialists": ""},
            {"id": "a", "postcode": "", "town": "Rosslau", "mon": "", "specialists": "vi:1"},
        ],
        appointments=[{"id": "x", "start": "2027-01-06 10:00", "company": "b"}],
    )
    assert [(finding.severity, finding.row, finding.column) for finding in found.findings] == [
        (ERROR, 2, "company"),
        (WARNING, 2, "start"),
        (ERROR, 2, "mon"),
        (REPAIRED, 2, "postcode"),
        (ERROR, 3, "id"),
        (WARNING, 3, "specialists"),
        (REPAIRED, 3, "town"),
    ]
    assert found.problem is None
