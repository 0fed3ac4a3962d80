"""A workbook from the disk passes the same guard as an upload, and costs no more memory than its cells."""

import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from data.model.findings import Severity
from data.tables.files.limits import FileLimits
from tests.data.tables.sheets import english, only, read, told, two_sheets, write_book
from tests.folders import ROOT

MOST_MB = 200
# The peak of the process itself: that of `getrusage` begins with what its parent held.
CHECK = """
import re, sys
from api.cli.app import app
try:
    app(["check-data", sys.argv[1], "--week", "2026-W48"])
except SystemExit as done:
    print("status", done.code)
print("peak", int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) // 1000)
"""


def checked(path: Path) -> tuple[int, int, str]:
    """Exit status, peak memory in megabytes, and words of `buddyplan check-data` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", CHECK, path], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    words = done.stdout.split()
    return int(words[words.index("status") + 1]), int(words[words.index("peak") + 1]), done.stderr


def with_stray_cell(path: Path, row: int, column: int) -> Path:
    """A programme whose sheet of companies has one more cell far out; row and column from 1."""
    with xlsxwriter.Workbook(str(path)) as book:
        for table, rows in two_sheets().items():
            sheet = book.add_worksheet(table)
            for j, (name, cell) in enumerate(rows[0].items()):
                sheet.write_string(0, j, name)
                sheet.write_string(1, j, str(cell))
        sheet.write_string(row - 1, column - 1, "x")
    return path


@pytest.mark.parametrize("cell", [(1_048_576, 16_384), (1_048_576, 1), (2, 16_384), (40_000, 250)])
def test_a_cell_far_out_is_told_and_costs_no_memory(tmp_path: Path, cell: tuple[int, int]) -> None:
    status, peak_mb, said = checked(with_stray_cell(tmp_path / "p.xlsx", *cell))
    assert status == 2
    assert "p.xlsx [xl/worksheets/sheet2.xml]" in said and "delete" in said
    assert peak_mb < MOST_MB


def test_the_largest_sheet_that_is_read_costs_no_more(tmp_path: Path) -> None:
    limits = FileLimits()
    status, peak_mb, said = checked(
        with_stray_cell(tmp_path / "p.xlsx", limits.rows, limits.cells // limits.rows)
    )
    assert status == 0 and 'row 50000: "x" stands beside the table; not read' in said
    assert peak_mb < MOST_MB


def test_a_workbook_over_the_size_of_an_upload_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "p.xlsx").open("wb") as book:
        book.truncate(FileLimits().upload_bytes + 1)
    assert english(only(read(tmp_path)).problem) == "has 21 MB, and 20 MB are read at most"


def test_titles_and_blank_rows_above_a_table_are_skipped(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "p.xlsx")) as book:
        for table, rows in two_sheets().items():
            sheet = book.add_worksheet(table)
            sheet.merge_range(0, 0, 0, 4, f"All {table}")
            for j, (name, cell) in enumerate(rows[0].items(), start=1):
                sheet.write_string(3, j, name)
                sheet.write_string(4, j, str(cell).replace("06108", "6108"))
    found = read(tmp_path)
    assert found.problem is not None
    assert told(found) == [
        (Severity.REPAIRED, "p.xlsx [buddies]", 1, ""),
        (Severity.REPAIRED, "p.xlsx [buddies]", 5, "postcode"),
        (Severity.REPAIRED, "p.xlsx [companies]", 1, ""),
    ]


def test_the_same_text_composed_or_not_is_one(tmp_path: Path) -> None:
    buddy = {"id": "jo\u0308rg", "postcode": "06108", "mandate": "sector", "tags": "ba\u0308ckerei"}
    company = {"id": "mu\u0308hle", "postcode": "06110", "town": "Halle", "tags": "bäckerei", "buddy": "jörg"}
    reading = read(write_book(tmp_path / "p.xlsx", {"buddies": [buddy], "companies": [company]}))
    assert reading.problem is not None, reading.findings
    assert (reading.problem.buddies[0].id, reading.problem.buddies[0].tags) == ("jörg", ("bäckerei",))
    assert reading.problem.companies[0].tags == reading.problem.buddies[0].tags
