"""Checks across rows: references, date ranges, contradictions, and rows without effect."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from api.words.findings import finding_sentence
from data.model.findings import Severity
from data.tables.columns import COLUMNS
from data.tables.times import DATE
from matching.eligibility.rules import mandate_broken
from scheduling.cadence.rhythm import last_contacts
from tests.data.tables.sheets import BUDDY, COMPANY, english, only, read_csv, told

Row = Mapping[str, str]
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
        ("bases", {"buddy": "anna", "place": "anna"}, "place", "is not in companies or places"),
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


@pytest.mark.parametrize("mandate", ["sector", "both"])
def test_tags_alone_are_a_mandate_by_sector(tmp_path: Path, mandate: str) -> None:
    buddies = [BUDDY | {"mandate": mandate, "tags": "craft", "districts": "15002"}]
    assert read_csv(tmp_path, buddies=buddies, companies=[COMPANY | {"tags": "craft"}]).findings == ()


def test_a_mandate_by_sector_that_names_none_sets_no_limit_as_it_is_told(tmp_path: Path) -> None:
    reading = read_csv(
        tmp_path, buddies=[BUDDY | {"mandate": "sector"}], companies=[COMPANY | {"sector": "C"}]
    )
    assert "sets no limit by sector" in english(only(reading).problem)
    assert reading.problem is not None
    (buddy,), (company,) = reading.problem.buddies, reading.problem.companies
    assert mandate_broken(buddy, company) is None


OPENED = {"who": "anna", "from": "2027-03-28", "open": "yes", "hours": "08:00-12:00"}
AT_MILL = {"id": "ap", "start": "2027-03-28 10:00", "company": "mill"}
ON_GOOD_FRIDAY = AT_MILL | {"start": "2027-03-26 10:00"}


@pytest.mark.parametrize(
    ("appointment", "company", "rules", "warned"),
    [
        (AT_MILL, {}, [], True),
        (AT_MILL, {"buddy": "anna"}, [OPENED], False),
        (AT_MILL, {}, [OPENED], False),
        (AT_MILL | {"buddies": "anna"}, {}, [OPENED], False),
        (AT_MILL | {"buddies": "anna ben"}, {}, [OPENED], True),
        (AT_MILL, {"buddy": "ben"}, [OPENED], True),
        (AT_MILL, {"buddy": "anna"}, [OPENED, OPENED | {"open": "no", "hours": ""}], True),
        (AT_MILL, {"buddy": "anna"}, [OPENED | {"weekdays": "mon"}], True),
        (AT_MILL, {"buddy": "anna"}, [OPENED | {"from": "2027-03-21", "to": "2027-04-30"}], False),
        (ON_GOOD_FRIDAY, {"buddy": "anna"}, [OPENED | {"from": "2027-03-26"}], False),
        (ON_GOOD_FRIDAY, {"buddy": "anna"}, [OPENED], True),
    ],
)  # fmt: skip
def test_a_day_off_is_told_unless_those_who_come_work_on_it(
    tmp_path: Path, appointment: Row, company: Row, rules: list[Row], warned: bool
) -> None:
    """28 March 2027 is a Sunday, the 26th Good Friday."""
    reading = read_csv(
        tmp_path,
        buddies=[BUDDY, BUDDY | {"id": "ben"}],
        companies=[COMPANY | company],
        appointments=[appointment],
        **({"availability": rules} if rules else {}),
    )
    expected = [(WARNING, "appointments.csv", 2, "start")] if warned else []
    assert told(reading) == expected


def test_sundays_that_are_opened_are_no_longer_told(tmp_path: Path) -> None:
    opened = [{"who": "anna", "from": "2026-11-23", "to": "2026-12-20", "weekdays": "sun", "open": "yes"}]
    assert read_csv(tmp_path, buddies=[BUDDY | {"sun": "08:00-12:00"}], availability=opened).findings == ()


@pytest.mark.parametrize(
    ("day", "warned"),
    [("2026-11-22", False), ("2026-11-23", True), ("2026-11-24", True), ("2027-11-23", True)],
)
def test_a_contact_that_no_plan_counts_is_told(tmp_path: Path, day: str, warned: bool) -> None:
    """Plans begin on 23 November 2026."""
    reading = read_csv(tmp_path, history=[{"company": "mill", "date": day, "buddy": "anna"}])
    assert told(reading) == ([(WARNING, "history.csv", 2, "date")] if warned else [])
    assert reading.problem is not None
    assert bool(last_contacts(reading.problem)) is not warned


SPANS_OF_DAYS = [
    ("hosts", {"id": "ihk"}, "grant_from", "grant_to"),
    ("buddies", BUDDY, "employed_from", "employed_to"),
    ("relations", {"company": "mill", "buddy": "anna"}, "from", "to"),
    ("availability", {"who": "anna"}, "from", "to"),
    ("requests", {"id": "r", "company": "mill", "kind": "follow_up"}, "raised", "due"),
    ("terms", {"buddy": "anna", "max_companies": "8"}, "from", "to"),
    ("bases", {"buddy": "anna", "place": "mill"}, "from", "to"),
    ("companies", COMPANY, "paused_from", "paused_until"),
    ("care", {"company": "mill"}, "from", "to"),
]


def test_every_pair_of_days_in_a_table_is_a_span_that_is_tried() -> None:
    pairs = {
        (table, first, last)
        for table, columns in COLUMNS.items()
        for first in (column.name for column in columns if column.kind is DATE)
        for last in (column.name for column in columns if column.kind is DATE)
        if first.replace("from", "to") == last != first
    }
    assert len(pairs) > 3 and pairs <= {(table, first, last) for table, _, first, last in SPANS_OF_DAYS}


@pytest.mark.parametrize(("table", "row", "first", "last"), SPANS_OF_DAYS)
def test_a_span_that_ends_before_it_begins_is_refused(
    tmp_path: Path, table: str, row: Row, first: str, last: str
) -> None:
    span = {first: "2026-11-26", last: "2026-11-25"}
    reading = read_csv(tmp_path / "wrong", **{table: [row | span]})
    assert told(reading) == [(ERROR, f"{table}.csv", 2, last)]
    assert read_csv(tmp_path / "right", **{table: [row | span | {last: "2026-11-26"}]}).problem is not None
