"""Lists as offices have them, for the tests: as CSV of German Excel, or as sheets of a workbook."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from data.model.findings import Severity
from data.model.problem import Buddy, Company, Problem
from data.tables.read import Reading
from tests.data.tables.sheets import read

Grid = Sequence[Sequence[object]]

BUDDYS: Grid = [
    ["Kürzel", "Name", "PLZ", "Ort", "Sprachen"],
    ["anna", "Anna Berg", "06108", "Halle", "Deutsch C2, Arabisch C1, Ukrainisch B2"],
    ["jm", "Jörg Müller", "39104", "Magdeburg", "Deutsch C2, Polnisch C1"],
]
BETRIEBE: Grid = [
    ["Betriebsnr.", "Betrieb", "PLZ", "Ort"],
    ["mill", "Mühle", "06110", "Halle (Saale)"],
    ["yard", "Werft", "39104", "Magdeburg"],
]


def csv_of(file: Path, rows: Grid) -> Path:
    """Write rows as German Excel does, but as UTF-8, which has nothing to tell."""
    file.parent.mkdir(parents=True, exist_ok=True)
    quoted = [
        [f'"{cell}"' if ";" in str(cell) or "\n" in str(cell) else str(cell) for cell in row] for row in rows
    ]
    file.write_text("".join(";".join(row) + "\r\n" for row in quoted), encoding="utf-8", newline="")
    return file


def _quoted(cell: object) -> str:
    return f'"{cell}"' if set(str(cell)) & {";", "\n"} else str(cell)


def book_of(file: Path, sheets: Mapping[str, Grid]) -> Path:
    """Write sheets with real numbers and days."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(file), {"default_date_format": "dd.mm.yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    if cell != "":
                        sheet.write(i, j, cell)
    return file


def read_lists(folder: Path, **lists: Grid) -> Reading:
    """Read lists as CSV files; two buddies and two companies stand for those that are not given."""
    for name, rows in ({"Buddys": BUDDYS, "Betriebe": BETRIEBE} | lists).items():
        csv_of(folder / f"{name}.csv", rows)
    return read(folder)


def problem_in(reading: Reading) -> Problem:
    assert reading.problem is not None, reading.findings
    return reading.problem


def company_with(folder: Path, **cells: object) -> tuple[Company, Reading]:
    """The company of a list with these headers and cells beside number, postcode and town."""
    row = {"Betriebsnr.": "mill", "PLZ": "06110", "Ort": "Halle (Saale)"} | cells
    reading = read_lists(folder, Betriebe=[list(row), list(row.values())])
    return problem_in(reading).company["mill"], reading


def buddy_with(folder: Path, **cells: object) -> tuple[Buddy, Reading]:
    """The buddy of a list with these headers and cells beside Kürzel, postcode and town."""
    row = {"Kürzel": "anna", "PLZ": "06108", "Ort": "Halle"} | cells
    reading = read_lists(folder, Buddys=[list(row), list(row.values())])
    return problem_in(reading).buddy["anna"], reading


def noted(reading: Reading) -> list[tuple[str, int, str, str]]:
    """What was repaired: file, row, column and value."""
    assert {finding.severity for finding in reading.findings} <= {Severity.REPAIRED}, reading.findings
    return [(each.file, each.row, each.column, each.value) for each in reading.findings]
