"""Checks across rows: references, date ranges, contradictions, and rows without effect."""

from pathlib import Path

import pytest

from api.words.findings import finding_sentence
from data.model.findings import Severity
from tests.data.tables.sheets import BUDDY, COMPANY, english, only, read_csv, told

ERROR, WARNING, REPAIRED = Severity.ERROR, Severity.WARNING, Severity.REPAIRED
START = "2026-11-24 10:00"
MEETING = {"id": "a", "start": START, "company": "mill"}
ANYONE = "is not in buddies or companies or places"


@pytest.mark.parametrize(
    ("table", "row", "column", "said"),
    [
        ("specialists", {"company": "mil", "languages": "ar"}, "company", 'did you mean "mill"?'),
        ("relations", {"company": "mill", "buddy": "ana"}, "buddy", 'did you mean "anna"?'),
        ("companies", COMPANY | {"buddy": "carl"}, "buddy", "is not in buddies"),
        ("availability", {"who": "x", "from": "2026-11-23"}, "who", ANYONE),
        (
            "appointments",
            MEETING | {"buddies": "anna ben"},
            "buddies",
            'names "ben", which is not in buddies',
        ),
        ("appointments", MEETING | {"place": "hall"}, "place", ANYONE),
        (
            "appointments",
            {"id": "a", "start": START, "buddies": "anna"},
            "place",
            "name a place or a company",
        ),
        ("appointments", {"id": "a", "start": START, "place": "mill"}, "buddies", "name who takes part"),
        (
            "availability",
            {"who": "anna", "from": "2.12.2026", "to": "1.12.2026"},
            "to",
            "is before from (2.12.2026)",
        ),
        (
            "buddies",
            BUDDY | {"max_care_hours": "40", "min_care_hours": "50"},
            "max_care_hours",
            "is less than",
        ),
        ("buddies", BUDDY | {"vehicle": "bike"}, "vehicle", "is not supported yet"),
        ("buddies", BUDDY | {"districts": "15099"}, "districts", "is no district here"),
        ("companies", COMPANY | {"priority": "9"}, "priority", "allowed are 1 to 5"),
        ("companies", COMPANY | {"state": "activ"}, "state", 'did you mean "active"?'),
        ("companies", COMPANY | {"lat": "51.5"}, "lon", "give both or neither"),
        ("companies", {"id": "mill", "name": "Mill"}, "postcode", "give lat and lon, or postcode and town"),
        ("companies", {"id": "", "postcode": "06108"}, "id", "fill it in"),
        ("pins", {"buddy": "anna", "company": ""}, "company", "fill it in"),
    ],
)
def test_what_does_not_fit_is_an_error_in_its_cell(
    tmp_path: Path, table: str, row: dict[str, str], column: str, said: str
) -> None:
    found = only(read_csv(tmp_path, **{table: [row]}))
    assert (found.severity, found.file, found.column) == (ERROR, f"{table}.csv", column)
    assert said in finding_sentence(found, "en")


def test_with_a_file_of_hosts_only_those_are_known(tmp_path: Path) -> None:
    buddies = [BUDDY | {"host": "chambre"}]
    assert read_csv(tmp_path / "without", buddies=buddies).findings == ()
    found = only(read_csv(tmp_path / "with", buddies=buddies, hosts=[{"id": "chamber"}]))
    assert (found.severity, english(found.remedy)) == (ERROR, 'did you mean "chamber"?')


@pytest.mark.parametrize(
    ("spans", "fine"),
    [
        ([("2026-01-01", "2026-06-30"), ("2026-07-01", "")], True),
        ([("2026-01-01", "2026-07-01"), ("2026-07-01", "")], False),
        ([("", ""), ("2026-07-01", "2026-07-02")], False),
        ([("2026-01-01", "2026-12-31"), ("2026-02-01", "2026-02-02"), ("2026-06-01", "2026-06-02")], False),
    ],
)
def test_a_company_has_one_main_buddy_at_a_time(
    tmp_path: Path, spans: list[tuple[str, str]], fine: bool
) -> None:
    rows = [{"company": "mill", "buddy": "anna", "from": start, "to": end} for start, end in spans]
    found = read_csv(tmp_path, relations=rows)
    assert {finding.severity for finding in found.findings} == (set() if fine else {ERROR})
    if not fine:
        assert "relations.csv row 2" in english(found.findings[0].problem)


def test_the_shorthand_buddy_counts_as_a_main_relation(tmp_path: Path) -> None:
    found = only(
        read_csv(
            tmp_path,
            companies=[COMPANY | {"buddy": "anna"}],
            relations=[{"company": "mill", "buddy": "anna"}],
        )
    )
    assert (found.severity, found.column) == (ERROR, "buddy")


@pytest.mark.parametrize(
    ("cell", "table", "row"),
    [
        ({"visits_per_4_weeks": "2"}, "care", {"company": "mill"}),
        ({"specialists": "ar:1"}, "specialists", {"company": "mill", "languages": "ar"}),
    ],
)
def test_shorthand_and_its_file_do_not_both_speak_of_a_company(
    tmp_path: Path, cell: dict[str, str], table: str, row: dict[str, str]
) -> None:
    found = only(read_csv(tmp_path, **{"companies": [COMPANY | cell], table: [row]}))
    assert found.severity is ERROR and f"is given in {table}.csv row 2 too" in english(found.problem)


def test_a_pin_that_is_also_a_ban_is_an_error_that_names_both(tmp_path: Path) -> None:
    pair = [{"buddy": "anna", "company": "mill"}]
    found = only(read_csv(tmp_path, pins=pair, bans=pair))
    assert (found.severity, found.file) == (ERROR, "pins.csv")
    assert "bans.csv row 2" in english(found.problem)


def test_a_company_is_pinned_to_one_buddy(tmp_path: Path) -> None:
    buddies = [BUDDY, BUDDY | {"id": "ben"}]
    pins = [{"buddy": key, "company": "mill"} for key in ("anna", "ben")]
    assert told(read_csv(tmp_path, buddies=buddies, pins=pins)) == [(ERROR, "pins.csv", 3, "company")]


def test_several_spans_of_a_buddy_s_day_become_one_shift(tmp_path: Path) -> None:
    found = read_csv(tmp_path, buddies=[BUDDY | {"mon": "08:00-12:00 13:00-16:00"}])
    assert (only(found).severity, only(found).column) == (REPAIRED, "mon")
    assert found.problem is not None and found.problem.buddies[0].shifts[0] == ((480, 960),)


@pytest.mark.parametrize(
    ("buddy", "rows", "column"),
    [
        ({"sun": "08:00-12:00"}, [], "sun"),
        ({"mandate": "sector"}, [], "sectors"),
        ({}, [{"who": "anna", "from": "2026-11-28", "weekdays": "sat", "open": "yes"}], "hours"),
    ],
)
def test_what_has_no_effect_is_a_warning(
    tmp_path: Path, buddy: dict[str, str], rows: list[dict[str, str]], column: str
) -> None:
    tables = {"buddies": [BUDDY | buddy], **({"availability": rows} if rows else {})}
    assert [(f.severity, f.column) for f in read_csv(tmp_path, **tables).findings] == [(WARNING, column)]
