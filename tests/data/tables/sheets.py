"""Programmes as rows of text for the reader tests, written both as CSV files and as a workbook."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from api.service.sources import default_sources
from api.words.findings import finding_sentence
from api.words.sentence import sentence
from data.base.message import Message
from data.model.findings import Finding, Severity
from data.tables.read import Reading, read_programme

WEEK = "2026-W48"
Rows = Sequence[Mapping[str, object]]

BUDDY = {"id": "anna", "postcode": "06108", "languages": "ar:C1 uk:B2"}
COMPANY = {"id": "mill", "postcode": "06110", "town": "Halle (Saale)"}


def two_sheets(**changes: Rows) -> dict[str, Rows]:
    """One buddy and one company in Halle, plus or replaced by the given tables."""
    return {"buddies": [BUDDY], "companies": [COMPANY], **changes}


def write_csv(
    folder: Path, tables: Mapping[str, Rows], encoding: str = "utf-8", separator: str = ","
) -> Path:
    """Write every table as common programs do, quoting only cells that contain the separator."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        columns = list(dict.fromkeys(name for row in rows for name in row))
        lines = [columns, *([str(row.get(name, "")) for name in columns] for row in rows)]
        quoted = [[f'"{cell}"' if separator in cell else cell for cell in line] for line in lines]
        text = "\r\n".join(separator.join(line) for line in quoted) + "\r\n"
        (folder / f"{table}.csv").write_bytes(text.encode(encoding))
    return folder


def write_book(path: Path, tables: Mapping[str, Rows]) -> Path:
    """Write a workbook with real numbers and dates."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for table, rows in tables.items():
            sheet = book.add_worksheet(table)
            columns = list(dict.fromkeys(name for row in rows for name in row))
            for j, name in enumerate(columns):
                sheet.write_string(0, j, name)
                for i, row in enumerate(rows, start=1):
                    sheet.write(i, j, row.get(name, ""))
    return path


def read(path: Path) -> Reading:
    """Read a programme in the state that ships."""
    return read_programme(path, default_sources().gazetteer, WEEK)


def read_csv(folder: Path, **changes: Rows) -> Reading:
    """Write one buddy and one company with the changes as CSV files, and read them."""
    return read(write_csv(folder, two_sheets(**changes)))


def told(reading: Reading) -> list[tuple[Severity, str, int, str]]:
    """Severity, file, row and column of every finding."""
    return [(f.severity, f.file, f.row, f.column) for f in reading.findings]


def english(part: Message) -> str:
    """A part of a finding as an English sentence."""
    return sentence(part, "en")


def only(reading: Reading) -> Finding:
    """The single finding."""
    assert len(reading.findings) == 1, [finding_sentence(finding, "en") for finding in reading.findings]
    return reading.findings[0]
