"""Read one CSV file into a sheet: its encoding and delimiter are found out."""

import csv
import io
import re
from pathlib import Path

from data.base.foreign_errors import why_unopened
from data.base.message import Message, message
from data.model.findings import Finding, Severity
from data.tables.files.sheet import TITLE_ROWS, Naming, Numbered, Sheet, sheet_of

DELIMITERS = ",;\t|"
DECLARED = re.compile(r"""[ \t]*"?sep=([!#-/:-@[-^`{-~\t])"?\1*[ \t]*(?:\r\n?|\n|$)""", re.IGNORECASE)
"""The first line by which a file tells spreadsheets its delimiter, any sign of ASCII; it counts as no row."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_sheet(file: Path, naming: Naming, findings: list[Finding]) -> Sheet | None:
    """Read a single CSV file; None if it cannot be read or is empty, which is reported as a finding.

    `naming` knows the columns by which the header is recognised.
    """
    rows = numbered_rows(file, naming, findings)
    return None if rows is None else sheet_of(file.name, rows, naming, findings)


def numbered_rows(file: Path, naming: Naming, findings: list[Finding]) -> list[Numbered] | None:
    """Return all rows of a CSV file; None if it cannot be read, which is reported as a finding."""
    try:
        return list(enumerate(_parsed(_decoded(file, findings), naming), start=1))
    except _UnreadableError as error:
        findings.append(Finding(Severity.ERROR, file.name, error.row, "", "", error.problem, error.remedy))
        return None


def cannot_be_opened(error: OSError) -> Message:
    """Return what a finding says of a file that the system does not open."""
    return message("cannot_be_opened", why=why_unopened(error))


class _UnreadableError(Exception):
    def __init__(self, problem: Message, remedy: Message, row: int = 0) -> None:
        super().__init__(str(problem))
        self.problem, self.remedy, self.row = problem, remedy, row


def _decoded(file: Path, findings: list[Finding]) -> str:
    """Return a file's text: UTF-8 with or without BOM, else cp1252, as older German programs write it."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise _UnreadableError(cannot_be_opened(error), message("put_csv_there")) from None
    if raw.startswith(b"PK\x03\x04"):
        raise _UnreadableError(message("workbook_not_csv"), message("save_as_csv_or_xlsx"))
    if raw.startswith(UTF_16) or 4 * raw.count(b"\0") > len(raw):
        raise _UnreadableError(message("nul_bytes"), message("save_as_csv"))
    try:
        return raw.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise _UnreadableError(message("unknown_encoding"), message("save_as_csv"), row) from None
    problem, remedy = message("read_as_cp1252"), message("check_umlauts")
    findings.append(Finding(Severity.REPAIRED, file.name, row, "", "", problem, remedy))
    return text


def delimiters_of(head: str) -> str:
    """Return the signs that may be the delimiter of a file that begins with these characters."""
    declared = DECLARED.match(head.lstrip("\ufeff"))
    return DELIMITERS + (declared[1] if declared else "")


def _parsed(text: str, naming: Naming) -> list[list[str]]:
    """Return all rows, with blank rows empty."""
    declared = DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    delimiter = declared[1] if declared else _delimiter(text, naming)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error:
        problem = message("cannot_be_read_here", why=message("quotation_marks_open"))
        raise _UnreadableError(problem, message("check_quotation_marks"), reader.line_num) from None


def _delimiter(text: str, naming: Naming) -> str:
    """Return the delimiter by which a line names most columns, else the most frequent in the first line."""
    lines = [line for line in text.splitlines() if line.strip()][:TITLE_ROWS] or [""]

    def fit(delimiter: str) -> tuple[int, int]:
        named = (naming([cell.strip(' "') for cell in line.split(delimiter)]) for line in lines)
        return max(sum(map(bool, names)) for names in named), lines[0].count(delimiter)

    return max(DELIMITERS, key=fit)
