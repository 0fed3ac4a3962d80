"""A German list reads as the same programme as one with our own names, without a word about its language."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.service.sources import shipped_sources
from api.words.findings import finding_sentence
from data.model.findings import Severity
from data.model.vocabulary import CompanyState, Mandate, Outcome, RelationRole, RequestKind, RequestState
from data.reference.words.headers import names_of_column, names_of_table
from data.tables.columns import COLUMNS
from data.tables.read import read_programme
from tests.data.tables.lists.lists import (
    BETRIEBE,
    Grid,
    book_of,
    buddy_with,
    company_with,
    csv_of,
    noted,
    problem_in,
    read_lists,
)
from tests.data.tables.sheets import read
from tests.data.tables.test_read import EVERYTHING

EVERY_DISTRICT = tuple(each.ags for each in shipped_sources("ST").gazetteer.districts())
SAXONY = {
    "Buddys": [
        "Nr.;Name;Träger;PLZ;Ort;Branchen;Sprachen;Wochenstunden;max. Betriebe;Eintritt",
        "B1;Jörg Müller;IHK-DD;1069;Dresden;C G H;de:C2 en:B2 ar:B1;39,5;12;01.03.2026",
        "B2;Änne Weiß;HWK-L;4109;Leipzig;F C;de:C2 uk:B2 ru:C1;32;10;01.03.2026",
        ";;;;;;;;;",
    ],
    "Betriebe": [
        "Betriebsnr.;Firma;PLZ;Ort;WZ;Beschäftigte;Priorität;Fachkräfte;Besuche/4 Wo.;Dauer;Ansprechpartner",
        "F001;Süd & Söhne GmbH;1069;Dresden;C10;63;3;ar:2;2;60;Frau Böhme",
        "F002;Nord GmbH;4177;Leipzig;F43;237;5;uk/ru:3;1;90;Herr Ost",
        ";;;;;;;;;;",
    ],
}


def saxony(folder: Path) -> Path:
    for name, lines in SAXONY.items():
        (folder / f"{name}.csv").write_bytes("".join(f"{line}\r\n" for line in lines).encode("cp1252"))
    return folder


def test_the_list_of_an_office_in_saxony_is_read(tmp_path: Path) -> None:
    found = read_programme(saxony(tmp_path), shipped_sources("SN").gazetteer, "2026-W48")
    problem = problem_in(found)
    assert {finding.severity for finding in found.findings} == {Severity.REPAIRED}
    assert [buddy.week_work_min for buddy in problem.buddies] == [2370, 1920]
    assert [(c.sector, c.employees, c.priority, c.district[:2]) for c in problem.companies] == [
        ("C10", 63, 3, "14"),
        ("F43", 237, 5, "14"),
    ]
    assert [(group.languages, group.count) for group in problem.specialists] == [
        (("ar",), 2),
        (("uk", "ru"), 3),
    ]
    assert [(care.every_weeks, care.minutes) for care in problem.care] == [(2, 60), (4, 90)]
    assert found.identities.people[2].contact_name == "Frau Böhme"


def test_read_for_another_state_one_sentence_says_which_is_right(tmp_path: Path) -> None:
    found = read(saxony(tmp_path))
    errors = [finding for finding in found.findings if finding.severity is Severity.ERROR]
    assert len(errors) == 1 and 'state = "SN"' in finding_sentence(errors[0], "de")


def test_a_finding_names_the_column_as_the_list_does(tmp_path: Path) -> None:
    found = read_programme(saxony(tmp_path), shipped_sources("SN").gazetteer, "2026-W48")
    assert {"PLZ", "Wochenstunden"} <= {finding.column for finding in found.findings}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("workbook", [False, True])
def test_every_table_and_column_by_another_name_reads_the_same(
    tmp_path: Path, language: str, workbook: bool
) -> None:
    lists: dict[str, Grid] = {}
    for table, rows in EVERYTHING.items():
        columns = [column.name for column in COLUMNS[table] if any(row.get(column.name) for row in rows)]
        header = [names_of_column(table, column, language)[0] for column in columns]
        lists[names_of_table(table, language)[0]] = [
            header,
            *([row.get(c, "") for c in columns] for row in rows),
        ]
    if workbook:
        found = read(book_of(tmp_path / "p.xlsx", lists))
    else:
        for name, rows in lists.items():
            csv_of(tmp_path / f"{name}.csv", rows)
        found = read(tmp_path)
    ours = tmp_path / "ours"
    for table, rows in EVERYTHING.items():
        columns = [column.name for column in COLUMNS[table]]
        csv_of(ours / f"{table}.csv", [columns, *([row.get(c, "") for c in columns] for row in rows)])
    expected = read(ours)
    assert problem_in(found) == problem_in(expected)
    assert found.identities == expected.identities


@pytest.mark.parametrize(
    ("header", "cell", "field", "value"),
    [
        ("Status", "aktiv", "state", CompanyState.ACTIVE),
        ("Status", "ruht", "state", CompanyState.PAUSED),
        ("Status", "Beendet", "state", CompanyState.ENDED),
        ("Betriebsstatus", "Interessent", "state", CompanyState.PROSPECT),
        ("Branche", "I56", "sector", "I56"),
        ("Mitarbeiter", "12", "employees", 12),
        ("Anzahl MA", "ca. 12 MA", "employees", 12),
        ("Prio", "5", "priority", 5),
        ("Schlagworte", "Handwerk", "tags", ("handwerk",)),
        ("Mo", "8-16 Uhr", "opening", ((480, 960),)),
        ("Montag", "8.00–12.00/13.00–16.30", "opening", ((480, 720), (780, 990))),
        ("Mo.", "von 8 bis 12 Uhr und 13 bis 16 Uhr", "opening", ((480, 720), (780, 960))),
        ("Mo", "0800-1600", "opening", ((480, 960),)),
        ("Mo", "Ruhetag", "opening", ()),
    ],
)
def test_a_cell_of_a_company_is_read_in_german(
    tmp_path: Path, header: str, cell: str, field: str, value: Any
) -> None:
    company, reading = company_with(tmp_path, **{header: cell})
    found = getattr(company, field)
    assert (found[0] if field == "opening" else found) == value
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("header", "cell", "field", "value"),
    [
        ("Führerschein", "ja", "vehicle", "car"),
        ("Fahrzeug", "PKW", "vehicle", "car"),
        ("Aufgabengebiet", "nach Region", "mandate", Mandate.REGION),
        ("Wochenstunden", "39", "week_work_min", 2340),
        ("Stunden pro Woche", "20", "week_work_min", 1200),
        ("Wochenstunden", "39 Std.", "week_work_min", 2340),
        ("max. Betriebe", "12", "max_companies", 12),
        ("max. Betriebe", "12 Betriebe", "max_companies", 12),
        ("max. Fahrzeit", "45 Min.", "max_one_way_min", 45),
        ("max. Fahrzeit", "1,5 Std.", "max_one_way_min", 90),
        ("PKW vorhanden?", "ja", "vehicle", "car"),
        ("Eintritt", "1.3.2026", "employed_from", date(2026, 3, 1)),
        ("Eintritt", "1. März 2026", "employed_from", date(2026, 3, 1)),
        ("Landkreise", "Harz", "districts", ("15085",)),
        ("Landkreise", "Landkreis Harz", "districts", ("15085",)),
        ("Landkreise", "LK Harz, Halle (Saale)", "districts", ("15002", "15085")),
        ("Region", "Halle und Saalekreis", "districts", ("15002", "15088")),
        ("Landkreis", "Harz Börde", "districts", ("15083", "15085")),
        ("Landkreis", "ganz Sachsen-Anhalt", "districts", EVERY_DISTRICT),
        ("Landkreis", "15085 Stendal", "districts", ("15085", "15090")),
        ("Branchen", "C; F43", "sectors", ("C", "F43")),
    ],
)
def test_a_cell_of_a_buddy_is_read_in_german(
    tmp_path: Path, header: str, cell: str, field: str, value: Any
) -> None:
    buddy, reading = buddy_with(tmp_path, **{header: cell})
    assert getattr(buddy, field) == value
    assert [f for f in reading.findings if f.column != "Branchen"] == []


def test_a_short_year_and_a_sector_s_name_are_read_with_a_note(tmp_path: Path) -> None:
    buddy, reading = buddy_with(tmp_path, Eintritt="01.03.26", Branchen="Pflege, Gastronomie")
    assert (buddy.employed_from, buddy.sectors) == (date(2026, 3, 1), ("I56", "Q87"))
    assert noted(reading) == [
        ("Buddys.csv", 2, "Branchen", "Pflege, Gastronomie"),
        ("Buddys.csv", 2, "Eintritt", "01.03.26"),
    ]


@pytest.mark.parametrize(
    ("table", "rows", "entity", "fields"),
    [
        (
            "Zuordnungen",
            [
                ["Betrieb", "Buddy", "Rolle", "von", "bis"],
                ["mill", "jm", "Vertretung", "01.12.2026", "05.12.2026"],
            ],
            "relations",
            {"role": RelationRole.COVER, "since": date(2026, 12, 1), "until": date(2026, 12, 5)},
        ),
        (
            "Anliegen",
            [
                ["Nr.", "Betrieb", "Art", "Fällig am", "Status"],
                ["a1", "mill", "Behördengang", "30.11.2026", "offen"],
            ],
            "requests",
            {"kind": RequestKind.AUTHORITY, "state": RequestState.OPEN, "due": date(2026, 11, 30)},
        ),
        (
            "Kontakte",
            [["Betrieb", "Datum", "Art", "Ergebnis"], ["mill", "02.11.2026", "Anruf", "nicht angetroffen"]],
            "history",
            {"mode": "call", "outcome": Outcome.NO_SHOW},
        ),
        (
            "Beschäftigte",
            [["Betrieb", "Sprachen", "Anzahl", "Art"], ["mill", "Ukrainisch/Russisch", "3", "Azubi"]],
            "specialists",
            {"languages": ("uk", "ru"), "count": 3, "kind": "apprentice"},
        ),
        (
            "Abwesenheiten",
            [
                ["Wer", "von", "bis", "Wochentage"],
                ["anna", "01.12.2026", "05.12.2026", "Montag bis Mittwoch, Fr."],
            ],
            "availability",
            {"who": "anna", "weekdays": (0, 1, 2, 4), "open": False},
        ),
        (
            "Betreuungsrhythmus",
            [["Betrieb", "Art", "alle Wochen", "Dauer"], ["mill", "Video", "2", "30"]],
            "care",
            {"mode": "video", "every_weeks": 2, "minutes": 30},
        ),
        (
            "Ausschlüsse",
            [["Buddy", "Betrieb", "Grund"], ["jm", "mill", "zu weit"]],
            "bans",
            {"buddy": "jm", "company": "mill"},
        ),
    ],
)
def test_the_other_tables_are_read_in_german(
    tmp_path: Path, table: str, rows: Grid, entity: str, fields: dict[str, Any]
) -> None:
    found = read_lists(tmp_path, **{table: rows})
    first = getattr(problem_in(found), entity)[0]
    assert {name: getattr(first, name) for name in fields} == fields
    assert found.findings == ()


def test_two_names_of_one_column_are_the_known_error(tmp_path: Path) -> None:
    rows = [[*BETRIEBE[0], "Telefon", "Handy"], [*BETRIEBE[1], "1", "2"]]
    found = read_lists(tmp_path, Betriebe=rows)
    assert [(f.severity, f.row, f.column) for f in found.findings] == [(Severity.ERROR, 1, "Handy")]
    assert "there twice" in finding_sentence(found.findings[0], "en")


def test_an_unknown_header_is_told_as_it_is_written_with_the_nearest(tmp_path: Path) -> None:
    found = read_lists(tmp_path, Betriebe=[[*BETRIEBE[0], "Telefonnumer"], [*BETRIEBE[1], "1"]])
    assert [(f.severity, f.column) for f in found.findings] == [(Severity.WARNING, "Telefonnumer")]
    assert "Telefonnummer" in finding_sentence(found.findings[0], "de")


@pytest.mark.parametrize("cell", ["Hartz", "Musterkreis, Harz"])
def test_a_district_that_is_not_known_is_an_error(tmp_path: Path, cell: str) -> None:
    rows = [["Kürzel", "PLZ", "Ort", "Landkreise"], ["anna", "06108", "Halle", cell]]
    found = read_lists(tmp_path, Buddys=rows)
    assert [(f.severity, f.column, f.value) for f in found.findings] == [(Severity.ERROR, "Landkreise", cell)]


def test_a_trade_is_no_sector_and_the_error_says_where_it_belongs(tmp_path: Path) -> None:
    found = read_lists(tmp_path, Betriebe=[[*BETRIEBE[0], "Branche"], [*BETRIEBE[1], "Handwerk"]])
    assert [(f.severity, f.column) for f in found.findings] == [(Severity.ERROR, "Branche")]
    assert "the tag craft" in finding_sentence(found.findings[0], "en")


@pytest.mark.parametrize(
    ("name", "key"), [("Leipzig", "14713"), ("Landkreis Leipzig", "14729"), ("Stadt Leipzig", "14713")]
)
def test_a_city_and_the_county_of_its_name_are_told_apart(tmp_path: Path, name: str, key: str) -> None:
    csv_of(tmp_path / "Buddys.csv", [["Kürzel", "PLZ", "Ort", "Landkreise"], ["a", "04109", "Leipzig", name]])
    csv_of(tmp_path / "Betriebe.csv", [["Nr.", "PLZ", "Ort"], ["m", "04109", "Leipzig"]])
    found = read_programme(tmp_path, shipped_sources("SN").gazetteer, "2026-W48")
    assert problem_in(found).buddy["a"].districts == (key,)
