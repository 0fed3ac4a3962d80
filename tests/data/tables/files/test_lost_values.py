"""Errors of a spreadsheet and formulas without a result are findings, in every table and column."""

from pathlib import Path

import pytest
import xlsxwriter

from data.model.findings import Severity
from data.tables.columns import COLUMNS
from data.tables.read import Reading
from data.tables.writer import write_tables, write_xlsx_tables
from tests.data.tables.sheets import BUDDY, COMPANY, english, read, told, two_sheets, write_csv

CODES = [
    "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
    "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!",
]  # fmt: skip
IN_EXPORTS = [
    *CODES,
    "#NV",
    "#BEZUG!",
    "#WERT!",
    "#ZAHL!",
    "#ÜBERLAUF!",
    "#KALK!",
    "#FELD!",
    "Err:502",
    "########",
]
ERROR = Severity.ERROR


def with_formula(path: Path, value: object) -> Reading:
    """Read a workbook in which the priority of the company in row 2 is a formula with this result."""
    with xlsxwriter.Workbook(str(path)) as book:
        for table, row in two_sheets().items():
            sheet = book.add_worksheet(table)
            cells = row[0] | ({"priority": ""} if table == "companies" else {})
            for j, (name, cell) in enumerate(cells.items()):
                sheet.write_string(0, j, name)
                sheet.write_string(1, j, str(cell))
            if table == "companies":
                sheet.write_formula(1, len(cells) - 1, "=1/0", None, value)
    return read(path)


@pytest.mark.parametrize("code", CODES)
def test_an_error_in_a_workbook_is_a_finding(tmp_path: Path, code: str) -> None:
    found = with_formula(tmp_path / "p.xlsx", code)
    assert found.problem is None
    assert told(found) == [(ERROR, "p.xlsx [companies]", 2, "priority")]
    assert found.findings[0].value == code
    assert english(found.findings[0].problem) == "is an error of a spreadsheet, no value"


def test_a_formula_without_its_result_is_a_finding(tmp_path: Path) -> None:
    found = with_formula(tmp_path / "p.xlsx", "")
    assert told(found) == [(ERROR, "p.xlsx [companies]", 2, "priority")]
    assert found.findings[0].value == "=1/0"


@pytest.mark.parametrize("value", [4, "4"])
def test_a_formula_with_its_result_is_its_result(tmp_path: Path, value: object) -> None:
    found = with_formula(tmp_path / "p.xlsx", value)
    assert found.findings == () and found.problem is not None
    assert found.problem.companies[0].priority == 4


@pytest.mark.parametrize("code", IN_EXPORTS)
def test_an_error_in_an_export_is_a_finding(tmp_path: Path, code: str) -> None:
    found = read(write_csv(tmp_path, two_sheets(companies=[COMPANY | {"priority": code}])))
    assert told(found) == [(ERROR, "companies.csv", 2, "priority")]


@pytest.mark.parametrize(
    ("table", "column"), [(table, column.name) for table, columns in COLUMNS.items() for column in columns]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_table_and_no_column_takes_an_error_for_a_value(
    tmp_path: Path, table: str, column: str, kind: str
) -> None:
    usual = {"buddies": BUDDY, "companies": COMPANY}.get(table, {})
    for text in ("#N/A", "=B2&C2"):
        tables = two_sheets(**{table: [usual | {column: text}]})
        path = tmp_path / text[1]
        path.mkdir()
        if kind == "csv":
            write_tables(path, tables)
        else:
            write_xlsx_tables(path / "p.xlsx", tables)
        found = read(path)
        assert (ERROR, 2, column, text) in [(f.severity, f.row, f.column, f.value) for f in found.findings]


@pytest.mark.parametrize("name", ["# 1 Bäckerei", "#wirsindwerk", "=", "=== Nord ===", "N/A GmbH", "Err Bau"])
def test_names_that_begin_like_one_are_names(tmp_path: Path, name: str) -> None:
    found = read(write_csv(tmp_path, two_sheets(companies=[COMPANY | {"name": name}])))
    assert found.findings == ()
    assert found.identities.name("mill") == name
