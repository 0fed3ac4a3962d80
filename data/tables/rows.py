"""Rows of a table with parsed cells, each able to report findings on itself."""

from collections.abc import Iterable, Sequence
from typing import Any

from data.base.message import Message, message
from data.model.findings import EntryFinding, Finding, Severity, meant
from data.tables.cells import CellError, Noted, has_value
from data.tables.column import Column
from data.tables.files.sheet import Sheet
from data.tables.times import WEEKDAYS


class Row:
    """One row: `row["lat"]` is a cell's value, `broken` names the cells with errors.

    A row of the register has a `key`, its id there, and a number that only tells it from others.
    """

    __slots__ = ("_findings", "_values", "broken", "file", "key", "number", "text")

    def __init__(
        self, file: str, number: int, text: dict[str, str], findings: list[Finding], key: str = ""
    ) -> None:
        self.file, self.number, self.text, self.key = file, number, text, key
        self.broken: set[str] = set()
        self._values: dict[str, Any] = {}
        self._findings = findings

    def __getitem__(self, column: str) -> Any:
        return self._values[column]

    def __setitem__(self, column: str, value: Any) -> None:
        self._values[column] = value

    def __contains__(self, column: str) -> bool:
        return column in self._values

    def written(self, column: str) -> str:
        """Return the text of a cell, empty if it or its column is missing."""
        return self.text.get(column, "")

    def error(self, column: str, problem: Message, remedy: Message) -> None:
        """Report an error in a cell, or in the whole row if the column is empty."""
        self.broken.add(column)
        self._report(Severity.ERROR, column, problem, remedy)

    def warn(self, column: str, problem: Message, remedy: Message) -> None:
        """Report something that is probably not intended."""
        self._report(Severity.WARNING, column, problem, remedy)

    def repaired(self, column: str, problem: Message, remedy: Message) -> None:
        """Report a value that was read differently from how it is written."""
        self._report(Severity.REPAIRED, column, problem, remedy)

    def _report(self, severity: Severity, column: str, problem: Message, remedy: Message) -> None:
        said = (severity, self.file, self.number, column, self.written(column), problem, remedy)
        self._findings.append(EntryFinding(*said, id=self.key) if self.key else Finding(*said))

    def read(self, column: Column, fallback: Any) -> None:
        """Parse one cell; if that fails, report a finding and use the fallback."""
        self._values[column.name] = fallback
        text = self.text.get(column.name, "")
        if not text:
            if column.needed:
                self.error(column.name, message("empty"), message("fill_in"))
            return
        try:
            has_value(text)
            value = column.kind.read(text)
        except CellError as wrong:
            self.error(column.name, wrong.problem, wrong.remedy)
            return
        if isinstance(value, Noted):
            self._report(value.severity, column.name, value.problem, value.remedy)
            value = value.value
        self._values[column.name] = value


def read_rows(sheet: Sheet, columns: Sequence[Column], findings: list[Finding]) -> list[Row] | None:
    """Read all rows of a sheet by its columns; None if a needed column is missing.

    Missing, unknown or duplicate columns become findings.
    """
    known = {column.name: column for column in columns}
    findings += _header_findings(sheet, known)
    missing = {column.name for column in columns if column.needed} - set(sheet.header)
    if missing:
        return None
    fallbacks = [(column, column.fallback()) for column in columns]
    rows = []
    for number, cells in sheet.rows:
        text = {name: cell for name, cell in zip(sheet.header, cells, strict=False) if cell and name in known}
        row = Row(sheet.file, number, text, findings)
        for column, fallback in fallbacks:
            row.read(column, fallback)
        rows.append(row)
    _report_decimal_commas(sheet, rows, columns, findings)
    return rows


def _header_findings(sheet: Sheet, known: dict[str, Column]) -> Iterable[Finding]:
    for column in known.values():
        if column.needed and column.name not in sheet.header:
            near = [name for name in sheet.header if name not in known]
            add = message("add_column", column=column.name, meaning=column.meaning)
            remedy = meant(column.name, near, add)
            yield Finding(Severity.ERROR, sheet.file, sheet.top, column.name, "", message("missing"), remedy)
    for i, name in enumerate(sheet.header):
        if name in sheet.header[:i] and name:
            problem, remedy = message("there_twice"), message("keep_one")
            yield Finding(Severity.ERROR, sheet.file, sheet.top, name, "", problem, remedy)
        elif name not in known:
            filled = sum(1 for _, cells in sheet.rows if i < len(cells) and cells[i])
            if name or filled:
                free = [choice for choice in known if choice not in sheet.header]
                remedy = meant(name, free, message("columns_are", columns=tuple(known)))
                problem = message("no_column", count=filled)
                label = name or f"column {i + 1}"
                yield Finding(Severity.WARNING, sheet.file, sheet.top, label, "", problem, remedy)


def _report_decimal_commas(
    sheet: Sheet, rows: Iterable[Row], columns: Sequence[Column], findings: list[Finding]
) -> None:
    """Report decimal commas once per file: they are usual in German files, so one finding is enough."""
    numeric = [column.name for column in columns if column.kind.decimals]
    commas = [(row, name) for row in rows for name in numeric if "," in row.written(name)]
    commas = [(row, name) for row, name in commas if name not in row.broken]
    if commas:
        row, name = commas[0]
        more = len(commas) - 1
        value = row.written(name).replace(",", ".")
        read = (
            message("read_as_with_further", value=value, count=more)
            if more
            else message("read_as", value=value)
        )
        row.repaired(name, message("decimal_comma"), read)


def apply_default_week(row: Row) -> None:
    """Apply the default week only if no day is filled in; otherwise empty days are closed."""
    if any(row.written(day) for day in WEEKDAYS):
        for day in WEEKDAYS:
            row[day] = row[day] if row.written(day) else ()
