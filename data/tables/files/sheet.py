"""One table as text: finds the header below titles, cleans cells, and reports what is wrong with them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from data.base.message import message
from data.base.plain_text import composed, unseen_in, without_unseen
from data.model.findings import Finding, Severity

LONGEST_CELL = 10_000
TITLE_ROWS = 20
"""The header is looked for in the first so many rows that hold anything."""
Numbered = tuple[int, list[str]]
"""A row and its number as a spreadsheet shows it."""


@dataclass(frozen=True)
class Sheet:
    """One table as text: `file` is its name in findings; the header with its row, and the non-empty rows."""

    file: str
    header: list[str]
    rows: list[Numbered]
    top: int = 1


def sheet_of(
    file: str, rows: Iterable[Numbered], columns: Collection[str], findings: list[Finding]
) -> Sheet | None:
    """Return the sheet of these rows; None if they are blank, which is reported as a finding.

    The header is the first row that names several columns (or nothing else), else the first that is not
    blank; what stands above it is not read.
    """
    filled = [(number, cells) for number, cells in rows if any(map(str.strip, cells))]
    if not filled:
        problem, remedy = message("empty"), message("give_header")
        findings.append(Finding(Severity.ERROR, file, 0, "", "", problem, remedy))
        return None
    at = _header_at([_clean(cells) for _, cells in filled[:TITLE_ROWS]], columns)
    top, written = filled[at]
    if at:
        title = next(cell for cell in filled[0][1] if cell.strip())
        problem, remedy = message("above_header"), message("read_from_header", row=top)
        findings.append(Finding(Severity.REPAIRED, file, filled[0][0], "", title, problem, remedy))
    header = [column_name(name) for name in _clean(written)]
    _report_unseen(file, top, written, header, findings)
    while header and not header[-1]:
        header.pop()
    kept = []
    for number, cells in filled[at + 1 :]:
        clean = _clean(cells)
        findings += _misshapen(file, top, len(header), number, clean)
        _report_unseen(file, number, cells, header, findings)
        if any(clean):
            kept.append((number, clean))
    return Sheet(file, header, kept, top)


def column_name(written: str) -> str:
    """Return the name of a column that a header means, whatever its case and blanks."""
    return composed(written).strip().lower().replace(" ", "_")


def _clean(cells: Sequence[str]) -> list[str]:
    return [without_unseen(cell).strip() for cell in cells]


def _header_at(rows: Sequence[Sequence[str]], columns: Collection[str]) -> int:
    for i, cells in enumerate(rows):
        known = [column_name(cell) in columns for cell in cells if cell]
        if sum(known) >= 2 or (known and all(known)):
            return i
    return 0


def _report_unseen(
    file: str, number: int, cells: Sequence[str], header: Sequence[str], findings: list[Finding]
) -> None:
    for i, cell in enumerate(cells):
        if signs := unseen_in(cell):
            column = header[i] if i < len(header) else ""
            problem, remedy = message("unseen_signs", signs=signs), message("read_without_signs")
            seen = without_unseen(cell)
            findings.append(Finding(Severity.REPAIRED, file, number, column, seen, problem, remedy))


def _misshapen(file: str, top: int, width: int, number: int, row: Sequence[str]) -> Iterable[Finding]:
    cells = max(
        (i for i, cell in enumerate(row, start=1) if cell and i > width), default=min(len(row), width)
    )
    if cells != width:
        problem = message("ragged", cells=cells, top=top, width=width)
        remedy = message("add_separators" if cells < width else "quote_separators")
        yield Finding(Severity.ERROR, file, number, "", "", problem, remedy)
    for cell in row:
        if len(cell) > LONGEST_CELL:
            problem, remedy = message("no_text"), message("clear_cell")
            yield Finding(Severity.ERROR, file, number, "", cell[:40], problem, remedy)
