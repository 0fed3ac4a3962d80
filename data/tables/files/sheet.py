"""One table as text: finds the header below titles, cleans cells, and reports what is wrong with them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from data.base.message import message
from data.base.plain_text import composed, unseen_in, without_unseen
from data.model.findings import Finding, Severity
from data.tables.files.around import columns_beside, foot_or_header

LONGEST_CELL = 10_000
TITLE_ROWS = 20
"""The header is looked for in the first so many rows that hold anything."""
NOT_READ = "not read"
"""The name of a column that is left out on purpose."""
Numbered = tuple[int, list[str]]
"""A row and its number as a spreadsheet shows it."""
Naming = Callable[[Sequence[str]], list[str]]
"""Returns the columns that the headers of a row mean, in their order; empty for one that is not known."""


@dataclass(frozen=True)
class Sheet:
    """One table as text: `file` is its name in findings; the header with its row, and the non-empty rows.

    `header` has the names of columns, and what is not known much as it is written; `written` is what stands
    there.
    """

    file: str
    header: list[str]
    rows: list[Numbered]
    top: int = 1
    written: tuple[str, ...] = ()


def exactly(columns: Collection[str]) -> Naming:
    """Return the naming that knows columns by these names alone, whatever their case and blanks."""

    def named(headers: Sequence[str]) -> list[str]:
        found = map(column_name, headers)
        return [name if name in columns else "" for name in found]

    return named


def sheet_of(file: str, rows: Iterable[Numbered], naming: Naming, findings: list[Finding]) -> Sheet | None:
    """Return the sheet of these rows; None if they are blank, which is reported as a finding.

    The header is the row that names most columns, the first one of those; what stands above it, beside the
    table or at its foot is not read, as findings say.
    """
    filled = [(number, cells) for number, cells in rows if any(map(str.strip, cells))]
    if not filled:
        problem, remedy = message("empty"), message("give_header")
        findings.append(Finding(Severity.ERROR, file, 0, "", "", problem, remedy))
        return None
    at = header_at([cleaned(cells) for _, cells in filled[:TITLE_ROWS]], naming)[0]
    top, raw = filled[at]
    if at:
        title = next(cell for cell in filled[0][1] if cell.strip())
        problem, remedy = message("above_header"), message("read_from_header", row=top)
        findings.append(Finding(Severity.REPAIRED, file, filled[0][0], "", title, problem, remedy))
    written, below = cleaned(raw), filled[at + 1 :]
    beside = columns_beside(written, naming(written), [cells for _, cells in below])
    findings += _beside(file, top, written, beside)
    written = ["" if i in beside else each for i, each in enumerate(written)]
    while written and not written[-1]:
        written.pop()
    header = [name or column_name(each) for name, each in zip(naming(written), written, strict=True)]
    _report_unseen(file, top, raw, header, findings)
    kept = []
    for number, cells in below:
        clean = cleaned(cells)
        if around := foot_or_header(clean, written):
            shown, remedy = next(filter(None, clean)), message("row_not_read")
            findings.append(Finding(Severity.REPAIRED, file, number, "", shown, around, remedy))
            continue
        if beside:
            clean = ["" if i in beside else cell for i, cell in enumerate(clean)]
        findings += _strays(file, number, clean, len(header), len(raw))
        findings += _misshapen(file, top, len(header), number, clean)
        _report_unseen(file, number, cells, header, findings)
        if any(clean):
            kept.append((number, clean))
    return Sheet(file, header, kept, top, tuple(written))


def column_name(written: str) -> str:
    """Return the name of a column that a header means, whatever its case and blanks."""
    return composed(written).strip().lower().replace(" ", "_")


def cleaned(cells: Sequence[str]) -> list[str]:
    """Return cells without signs that nobody sees and blanks around them."""
    return [without_unseen(cell).strip() for cell in cells]


def header_at(rows: Sequence[Sequence[str]], naming: Naming) -> tuple[int, int]:
    """Return which of these rows is the header, and how many columns it names.

    It is the one that names most, if those are several or nothing else stands there; otherwise the first.
    """
    best, most = 0, 0
    for i, cells in enumerate(rows):
        filled = [cell for cell in cells if cell]
        known = [name for name in naming(filled) if name]
        if len(set(known)) > most and (len(set(known)) >= 2 or len(known) == len(filled)):
            best, most = i, len(set(known))
    return best, most


def _beside(file: str, top: int, written: Sequence[str], beside: Collection[int]) -> Iterable[Finding]:
    if heads := tuple(written[i] for i in sorted(beside) if written[i]):
        problem, remedy = message("table_beside", headers=heads), message("beside_not_read")
        yield Finding(Severity.REPAIRED, file, top, "", heads[0], problem, remedy)


def _strays(file: str, number: int, cells: list[str], end: int, width: int) -> Iterable[Finding]:
    """Empty the cells beside the table, up to the width of the header's row, with a finding for each."""
    for i in range(end, min(len(cells), width)):
        if cells[i]:
            problem, remedy = message("cell_beside"), message("beside_not_read")
            yield Finding(Severity.REPAIRED, file, number, "", cells[i][:60], problem, remedy)
            cells[i] = ""


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
