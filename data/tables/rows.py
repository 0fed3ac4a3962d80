"""Rows of a table with parsed cells, each able to report findings on itself."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from data.base.message import Message, message
from data.model.findings import EntryFinding, Finding, Severity, meant
from data.tables.cells import CellError, Noted, has_value
from data.tables.column import Column
from data.tables.files.sheet import NOT_READ, Sheet, column_name
from data.tables.times import WEEKDAYS

NO_HEADS: Mapping[str, str] = MappingProxyType({})


class Row:
    """One row: `row["lat"]` is a cell's value, `broken` names the cells with errors.

    A row of the register has a `key`, its id there, and a number that only tells it from others.
    """

    __slots__ = ("_findings", "_heads", "_values", "_was", "broken", "file", "key", "number", "text")

    def __init__(
        self,
        file: str,
        number: int,
        text: dict[str, str],
        findings: list[Finding],
        heads: Mapping[str, str] = NO_HEADS,
        key: str = "",
    ) -> None:
        self.file, self.number, self.text, self.key = file, number, text, key
        self.broken: set[str] = set()
        self._heads, self._was = heads, NO_HEADS
        self._values: dict[str, Any] = {}
        self._findings = findings

    def __getitem__(self, column: str) -> Any:
        return self._values[column]

    def __setitem__(self, column: str, value: Any) -> None:
        self._values[column] = value

    def __contains__(self, column: str) -> bool:
        return column in self._values

    def written(self, column: str) -> str:
        """Return the text of a cell as it is read, empty if it or its column is missing."""
        return self.text.get(column, "")

    def instead(self, column: str, text: str) -> None:
        """Read another text in a cell than the one that is written, which findings go on to show."""
        self._was = {column: self.text.get(column, ""), **self._was}
        self.text[column] = text

    def leave_out(self, column: str) -> None:
        """Read a cell as if it were empty."""
        self.instead(column, "")

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
        value, head = self._was.get(column, self.written(column)), self._heads.get(column, column)
        said = (severity, self.file, self.number, head, value, problem, remedy)
        self._findings.append(EntryFinding(*said, id=self.key) if self.key else Finding(*said))

    def read(self, column: Column, fallback: Any) -> None:
        """Parse one cell; if that fails, report a finding and use the fallback."""
        self._values[column.name] = fallback
        text = self.text.get(column.name, "")
        if not text:
            if column.needed and column.name not in self.broken:
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


Tables = Mapping[str, Sequence[Row]]
"""The rows of every table; a missing table has none."""


def read_rows(sheet: Sheet, columns: Sequence[Column], findings: list[Finding]) -> list[Row] | None:
    """Read all rows of a sheet by its columns; None if a needed column is missing.

    Missing, unknown or duplicate columns become findings.
    """
    rows = rows_of(sheet, columns, findings)
    if rows is not None:
        read_cells(rows, columns)
    return rows


def rows_of(
    sheet: Sheet,
    columns: Sequence[Column],
    findings: list[Finding],
    called: Mapping[str, str] = NO_HEADS,
    made_of: Collection[str] = (),
) -> list[Row] | None:
    """Return the rows of a sheet with the texts of their cells; None if a needed column is missing.

    `called` are other names of columns, which findings may propose. Ids are not missing where the sheet has
    one of the columns of which they are made.
    """
    known = {column.name: column for column in columns}
    made = not set(made_of).isdisjoint(sheet.header)
    missing = [
        column
        for column in columns
        if column.needed and column.name not in sheet.header and not (made and column.name == "id")
    ]
    findings += _missing(sheet, missing, known)
    findings += _unknown_or_twice(sheet, known, called)
    if missing:
        return None
    heads = {
        name: head
        for name, head in zip(sheet.header, sheet.written, strict=False)
        if name in known and column_name(head) != name
    }
    named = [(i, name) for i, name in enumerate(sheet.header) if name in known]
    return [
        Row(
            sheet.file,
            number,
            {name: cells[i] for i, name in named if i < len(cells) and cells[i]},
            findings,
            heads,
        )
        for number, cells in sheet.rows
    ]


def read_cells(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Parse the cells of rows; where that fails, they report a finding."""
    fallbacks = [(column, column.fallback()) for column in columns]
    for row in rows:
        for column, fallback in fallbacks:
            row.read(column, fallback)
    _report_decimal_commas(rows, columns)


def _missing(sheet: Sheet, missing: Iterable[Column], known: Collection[str]) -> Iterable[Finding]:
    for column in missing:
        near = [name for name in sheet.header if name not in known]
        add = message("add_column", column=column.name, meaning=column.meaning)
        remedy = meant(column.name, near, add)
        yield Finding(Severity.ERROR, sheet.file, sheet.top, column.name, "", message("missing"), remedy)


def _unknown_or_twice(
    sheet: Sheet, known: Mapping[str, Column], called: Mapping[str, str]
) -> Iterable[Finding]:
    for i, name in enumerate(sheet.header):
        if name == NOT_READ:
            continue
        twice = name in sheet.header[:i] and name
        head = name
        if (twice or name not in known) and i < len(sheet.written):
            head = " ".join(sheet.written[i].split())
        if twice:
            problem, remedy = message("there_twice"), message("keep_one")
            yield Finding(Severity.ERROR, sheet.file, sheet.top, head, "", problem, remedy)
        elif name not in known:
            filled = sum(1 for _, cells in sheet.rows if i < len(cells) and cells[i])
            if name or filled:
                free = [choice for choice in known if choice not in sheet.header]
                free += [choice for choice, column in called.items() if column not in sheet.header]
                remedy = meant(head, free, message("columns_are", columns=tuple(known)))
                problem = message("no_column", count=filled)
                label = head or f"column {i + 1}"
                yield Finding(Severity.WARNING, sheet.file, sheet.top, label, "", problem, remedy)


def _report_decimal_commas(rows: Iterable[Row], columns: Sequence[Column]) -> None:
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
