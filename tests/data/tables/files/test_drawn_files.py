"""One programme in many dresses: however a program writes its tables, the same is read, or it is told.

Drawn are separators, declared or not, byte order marks, line ends, encodings, titles, decomposed text, types
of cells, and stray cells. The programme has umlauts in every id, since these are what encodings break.
"""

import tempfile
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from data.model.findings import Severity
from data.tables.read import Reading
from tests.data.tables.sheets import read, told
from tests.drawn import drawn

Tables = Mapping[str, list[dict[str, str]]]
KEY = "mühle"
PROGRAMME: Tables = {
    "hosts": [{"id": "träger", "name": "Träger Süd"}],
    "buddies": [
        {"id": "jürg", "name": "Jürg", "postcode": "06108", "host": "träger", "languages": "ar:C1"},
        {"id": "änne", "name": "Änne", "postcode": "06108", "host": "träger", "languages": "uk:B2"},
    ],
    "companies": [
        {"id": KEY, "name": "Mühle Süd", "postcode": "06110", "host": "träger"},
        {"id": "bäcker", "name": "Bäcker", "postcode": "06110", "host": "träger"},
    ],
    "care": [{"company": KEY, "every_weeks": "2", "minutes": "60"}],
    "relations": [{"company": KEY, "buddy": "jürg", "from": "2026-03-01", "to": ""}],
    "places": [{"id": "behörde", "name": "Behörde", "address": "06110 Halle"}],
    "requests": [
        {"id": "anträge", "company": KEY, "kind": "urgent", "raised": "2026-11-20", "due": "2026-12-01"}
    ],
    "appointments": [
        {"id": "prüfung", "start": "2026-11-25 10:00", "minutes": "60", "place": "behörde", "buddies": "änne"}
    ],
    "availability": [{"who": "bäcker", "from": "2026-11-23", "to": "2026-11-24"}],
    "pins": [{"buddy": "änne", "company": "bäcker"}],
    "bans": [{"buddy": "jürg", "company": "bäcker"}],
    "history": [{"company": KEY, "date": "2026-11-10", "buddy": "jürg", "outcome": "done"}],
}  # fmt: skip
TABLES = tuple(PROGRAMME)
TITLES = ("Liste der Geschäftsstelle", "Stand: November", "Nur für den Dienstgebrauch")
SIGNS = (",", ";", "\t", "|", "^", "~")
CORNERS = ((5, 16_383), (60_000, 0), (70_000, 90))
"""Rows and columns from 0 on, beyond what is read; the farthest of a workbook is tried elsewhere."""
FORMS = st.sampled_from(("NFC", "NFD"))


def plain() -> Reading:
    with tempfile.TemporaryDirectory() as name:
        return read(written(Path(name), PROGRAMME))


def written(folder: Path, tables: Tables) -> Path:
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_bytes(csv_text(rows, ",", "\n").encode())
    return folder


def csv_text(rows: list[dict[str, str]], sign: str, ending: str) -> str:
    lines = [list(rows[0]), *([*row.values()] for row in rows)]
    return ending.join(sign.join(line) for line in lines) + ending


@pytest.fixture(scope="module")
def expected() -> Reading:
    found = plain()
    assert found.problem is not None and found.findings == ()
    return found


@drawn(200)
@given(
    st.sampled_from(SIGNS),
    st.booleans(),
    st.sampled_from(("utf-8", "utf-8-sig", "cp1252")),
    st.sampled_from(("\n", "\r\n", "\r")),
    FORMS,
    st.lists(st.sampled_from(TITLES), max_size=3),
    st.booleans(),
)
def test_csv_files_of_any_program_are_the_same_programme(
    expected: Reading, sign: str, declares: bool, encoding: str, ending: str, form: str,
    titles: list[str], blank: bool,
) -> None:  # fmt: skip
    form = "NFC" if encoding == "cp1252" else form  # which has no marks of its own
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for table, rows in PROGRAMME.items():
            declared = declares or sign not in ",;\t|"
            above = [f"sep={sign}"] * declared + titles + [""] * (blank and bool(titles))
            text = ending.join([*above, csv_text(rows, sign, ending)])
            (folder / f"{table}.csv").write_bytes(unicodedata.normalize(form, text).encode(encoding))
        found = read(folder)
    assert {each.severity for each in found.findings} <= {Severity.REPAIRED}, told(found)
    assert (found.problem, found.identities) == (expected.problem, expected.identities)


@drawn(60)
@given(
    FORMS,
    st.lists(st.sampled_from(TITLES), max_size=2),
    st.sampled_from(("text", "real", "serial")),
    st.sampled_from((None, *CORNERS)),
    st.sampled_from(TABLES),
)
def test_workbooks_of_any_program_are_the_same_programme(
    expected: Reading, form: str, titles: list[str], dates: str, stray: tuple[int, int] | None, where: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "book.xlsx"
        with xlsxwriter.Workbook(str(path), {"default_date_format": "dd.mm.yy hh:mm"}) as book:
            for table, rows in PROGRAMME.items():
                sheet = book.add_worksheet(table)
                for line, title in enumerate(titles):
                    sheet.write_string(line, 0, title)
                for i, row in enumerate([dict(zip(rows[0], rows[0], strict=True)), *rows]):
                    for j, cell in enumerate(row.values()):
                        write(sheet, len(titles) + i, j, unicodedata.normalize(form, cell), dates)
                if stray and table == where:
                    sheet.write_string(*stray, "x")
        found = read(path)
    if stray is None:
        assert {each.severity for each in found.findings} <= {Severity.REPAIRED}, told(found)
        assert (found.problem, found.identities) == (expected.problem, expected.identities)
    else:
        assert any(each.severity is not Severity.REPAIRED for each in found.findings), told(found)


def write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: str, dates: str) -> None:
    """Write a date or a moment as text, as a real date, or as the number of its day; all else as text."""
    try:
        moment = datetime.fromisoformat(cell) if cell[:4].isdigit() and "-" in cell else None
    except ValueError:
        moment = None
    if moment is None or dates == "text":
        sheet.write_string(row, column, cell)
    elif dates == "real":
        sheet.write_datetime(row, column, moment)
    else:
        days = moment - datetime(1899, 12, 30)
        sheet.write_number(row, column, days.days + days.seconds / 86_400)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_ids_are_composed_in_the_policy_too(tmp_path: Path, form: str) -> None:
    folder = written(tmp_path, PROGRAMME)
    text = '[programme]\nid = "süd"\n'
    (folder / "policy.toml").write_text(unicodedata.normalize(form, text), encoding="utf-8")
    problem = read(folder).problem
    assert problem is not None and problem.programme.id == unicodedata.normalize("NFC", "süd")
