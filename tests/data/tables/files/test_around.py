"""What stands around a table is passed over with a finding that names it; rows of the table never are."""

from datetime import date
from pathlib import Path

import pytest

from api.words.findings import finding_sentence
from data.model.findings import Severity
from data.tables.read import Reading
from tests.data.tables.lists.lists import BUDDYS, Grid, book_of, csv_of, noted, problem_in
from tests.data.tables.sheets import read

HEADER = ["Nr.", "Firma", "PLZ", "Ort"]
MILL = ["mill", "Mühle", "06110", "Halle (Saale)"]
YARD = ["yard", "Werft", "39104", "Magdeburg"]


def read_both(folder: Path, rows: Grid, kind: str) -> Reading:
    """Read a list of companies as CSV or workbook; all rows of a CSV from Excel have one width."""
    width = max(map(len, rows))
    if kind == "xlsx":
        return read(book_of(folder / "p.xlsx", {"Betriebe": rows, "Buddys": BUDDYS}))
    csv_of(folder / "Buddys.csv", BUDDYS)
    csv_of(folder / "Betriebe.csv", [[*row, *[""] * (width - len(row))] for row in rows])
    return read(folder)


def ids(reading: Reading) -> list[str]:
    return [company.id for company in problem_in(reading).companies]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "foot",
    [
        ["Summe", "2"],
        ["", "Summe:", "", ""],
        ["Gesamt", "", "", ""],
        ["Anzahl Betriebe: 2"],
        ["Stand: 01.03.2026"],
        ["Stand 1.3.2026"],
        ["", "Quelle: Kammer"],
        ["* ohne Gewähr"],
        ["Total", "2"],
        ["Seite 1"],
        HEADER,
    ],
)
def test_sums_and_notes_at_the_foot_are_passed_over(tmp_path: Path, foot: list[str], kind: str) -> None:
    found = read_both(tmp_path, [HEADER, MILL, YARD, [], foot], kind)
    assert ids(found) == ["mill", "yard"]
    ((_, row, _, value),) = noted(found)
    assert (row, value) == (5, next(filter(None, foot)))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "row",
    [
        ["Summe", "Summe Steuerberatung", "06110", "Halle (Saale)"],
        ["Total", "Total Tankstelle", "06110", "Halle (Saale)"],
        ["stand", "Standard GmbH", "06110", "Halle (Saale)"],
        ["Nr.", "Firma", "06110", "Halle (Saale)"],
    ],
)
def test_a_company_whose_name_sounds_so_is_a_row(tmp_path: Path, row: list[str], kind: str) -> None:
    assert row[0] in ids_or_errors(read_both(tmp_path, [HEADER, MILL, row], kind))


def ids_or_errors(reading: Reading) -> list[str]:
    """The ids that were read, or the values that are no ids."""
    if reading.problem is None:
        return [finding.value for finding in reading.findings if finding.severity is Severity.ERROR]
    return ids(reading)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_header_in_the_middle_is_passed_over(tmp_path: Path, kind: str) -> None:
    found = read_both(tmp_path, [HEADER, MILL, HEADER, YARD], kind)
    assert ids(found) == ["mill", "yard"] and len(noted(found)) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_titles_and_blank_rows_above_are_passed_over(tmp_path: Path, kind: str) -> None:
    titles: Grid = [["Job-Buddy-Programm"], ["Träger:", "Kammer", "Ort:", "Halle"], []]
    found = read_both(tmp_path, [*titles, HEADER, MILL, [], YARD], kind)
    assert ids(found) == ["mill", "yard"]
    assert [row for _, row, *_ in noted(found)] == [1]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_cells_beside_the_table_are_passed_over_each_with_its_text(tmp_path: Path, kind: str) -> None:
    rows = [HEADER, [*MILL, "", "bitte prüfen"], YARD]
    found = read_both(tmp_path, [[*HEADER, "", ""], *rows[1:]], kind)
    assert ids(found) == ["mill", "yard"]
    assert [(row, value) for _, row, _, value in noted(found)] == [(2, "bitte prüfen")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "beside",
    [
        [["Legende"], ["A = aktiv"], ["I = Interessent"], ["R = ruht"]],
        [["Name", "Ort"], ["Anna", "Halle"], ["Jörg", "Magdeburg"]],
        [["Buddy", "Sprachen"], ["anna", "Arabisch C1"]],
        [["Jahr", "Besuche"], ["2025", "12"]],
    ],
)
def test_another_table_beside_this_one_is_passed_over(tmp_path: Path, beside: Grid, kind: str) -> None:
    table: Grid = [HEADER, MILL, YARD]
    height = max(len(table), len(beside))
    rows = [
        [*(table[i] if i < len(table) else [""] * 4), "", *(beside[i] if i < len(beside) else [])]
        for i in range(height)
    ]
    found = read_both(tmp_path, rows, kind)
    assert ids(found) == ["mill", "yard"]
    assert problem_in(found).specialists == () and problem_in(found).relations == ()
    ((_, row, _, value),) = noted(found)
    assert (row, value) == (1, beside[0][0])
    assert all(str(head) in finding_sentence(found.findings[0], "de") for head in beside[0])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_columns_beyond_an_empty_one_that_belong_to_the_table_are_read(tmp_path: Path, kind: str) -> None:
    rows = [[*HEADER, "", "Priorität", "Telefon"], [*MILL, "", "5", "0345"]]
    found = read_both(tmp_path, rows, kind)
    assert problem_in(found).company["mill"].priority == 5 and found.findings == ()


def test_a_row_with_more_cells_than_the_file_has_columns_stays_an_error(tmp_path: Path) -> None:
    """Somebody forgot quotation marks: nothing may be lost."""
    csv_of(tmp_path / "Buddys.csv", BUDDYS)
    (tmp_path / "Betriebe.csv").write_text("Nr.,Firma,PLZ,Ort\nmill,Mühle, und Söhne,06110,Halle\n")
    found = read(tmp_path)
    assert (Severity.ERROR, 2, "ragged") in [(f.severity, f.row, f.problem.code) for f in found.findings]


def test_real_days_at_the_foot_are_figures(tmp_path: Path) -> None:
    rows = [
        [*HEADER, "Letzter Kontakt"],
        [*MILL, date(2026, 11, 2)],
        ["Summe", "", 12, "", date(2026, 11, 2)],
    ]
    assert ids(read(book_of(tmp_path / "p.xlsx", {"Betriebe": rows, "Buddys": BUDDYS}))) == ["mill"]
