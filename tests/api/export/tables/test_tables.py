"""Spreadsheets open the tables directly: real times, and no text that turns into a formula."""

import csv
import io
from datetime import date, time
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from api.export.tables.csv import matching_csv
from api.export.tables.xlsx import plan_workbook
from api.run.names import Names
from api.words.speaker import Speaker
from tests.api.runs import run

EVIL = '=HYPERLINK("x") & <script>alert(1)</script>'


@pytest.fixture(scope="module")
def sheets() -> dict[str, list[list[Any]]]:
    of = run()
    assert of.matching
    names = Names(of)
    book = CalamineWorkbook.from_filelike(io.BytesIO(plan_workbook(of, names, of.matching, Speaker("de"))))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def rows(sheet: list[list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]]


def test_the_four_sheets(sheets: dict[str, list[list[Any]]]) -> None:
    assert list(sheets) == ["Übersicht", "Zuordnung", "Routen", "Nicht geplant"]


def test_the_overview_counts(sheets: dict[str, list[list[Any]]]) -> None:
    said = {row[0]: row[1] for row in sheets["Übersicht"]}
    assert said["Abdeckung geplant"] == 0.75  # bakery, garage and nursery of four companies
    assert said["Betriebe ohne Buddy"] == 1
    assert (said["Fachkräfte"], said["davon mit gemeinsamer Sprache"]) == (5, 3)  # Arabic 3, Vietnamese 2
    assert (said["Besuche geplant"], said["Besuche nicht geplant"]) == (2, 1)
    assert "Personen und Betriebe sind erfunden." in said


def test_the_assignment_names_both_sides(sheets: dict[str, list[list[Any]]]) -> None:
    first = rows(sheets["Zuordnung"])[0]
    assert (first["Betrieb"], first["Buddy"], first["gemeinsame Sprachen"]) == (
        "Bäckerei Kruste",
        "Anna Ahorn",
        "Arabisch",
    )
    assert first["Kreis"] == "Magdeburg"


def test_a_route_runs_from_leaving_to_return_with_real_times(sheets: dict[str, list[list[Any]]]) -> None:
    ben = [row for row in rows(sheets["Routen"]) if row["Buddy"] == "Ben Birke"]
    assert [(row["Art"], row["Beginn"]) for row in ben] == [
        ("Abfahrt", time(8, 3)),
        ("Wartezeit", time(8, 7)),
        ("Besuch", time(9, 0)),
        ("Pause", time(10, 0)),
        ("Rückkehr", time(10, 34)),
    ]
    assert ben[2]["Tag"] == date(2026, 11, 25)
    assert ben[2]["Ziel"] == EVIL
    assert (ben[2]["Fahrt min"], ben[4]["Fahrt min"]) == (4, 4)


def test_what_is_not_planned_has_its_reason(sheets: dict[str, list[list[Any]]]) -> None:
    alone, left = rows(sheets["Nicht geplant"])
    assert (alone["Was"], alone["Betrieb"], alone["Grund"]) == (
        "ohne Buddy",
        "Gießerei Glut",
        "Kein Buddy kommt in Frage.",
    )
    assert alone["am nächsten dran"] == (
        "Anna Ahorn: 70 min einfache Fahrt, erlaubt sind 60. "
        "Ben Birke: Weder für die Branche noch für den Kreis zuständig."
    )
    assert (left["Was"], left["Buddy"], left["Woche"]) == ("ohne Besuch", "Ben Birke", "2026-W48")


def test_the_csv_has_a_row_for_each_company_and_disarms_formulas() -> None:
    of = run()
    assert of.matching
    text = matching_csv(of, Names(of), of.matching, "de").decode("utf-8-sig")
    table = {row["company"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert list(table) == ["bakery", "foundry", "garage", "nursery"]
    assert table["garage"]["company_name"] == f"'{EVIL}"
    assert (table["foundry"]["buddy"], table["foundry"]["reason"]) == ("", "Kein Buddy kommt in Frage.")
    assert table["nursery"]["kept"] == "yes"
