"""Cells of a list that a person corrected: what stands in them is read otherwise, the file stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.base.errors import BuddyplanError
from data.base.message import message
from data.tables.files.sheet import TITLE_ROWS, Numbered, cleaned, column_name
from data.tables.lists.recognised import Raw


@dataclass(frozen=True)
class CorrectedCell:
    """In a cell, named as a finding names it, `value` is read instead of `was`.

    `was` may be a part of the cell, as the postcode is of `PLZ Ort`.
    """

    file: str
    row: int
    column: str
    was: str
    value: str


def with_corrections(raws: Sequence[Raw], cells: Sequence[CorrectedCell]) -> list[Raw]:
    """Return files with the corrected cells. Raises `BuddyplanError` for one that does not stand there."""
    for cell in cells:
        if not any(_place(raw, cell) for raw in raws):
            raise BuddyplanError(
                message("no_such_cell", file=cell.file, row=cell.row, column=cell.column, value=cell.was)
            )
    return [_corrected(raw, [each for each in cells if each.file == raw.label]) for raw in raws]


def _corrected(raw: Raw, cells: Sequence[CorrectedCell]) -> Raw:
    rows = list(raw.rows or ())
    for cell in cells:
        if place := _place(raw, cell):
            at, column = place
            number, texts = rows[at]
            wide = [*texts, *[""] * (column + 1 - len(texts))]
            wide[column] = _instead(cleaned(wide)[column], cell)
            rows[at] = (number, wide)
    return replace(raw, rows=rows) if cells else raw


def _place(raw: Raw, cell: CorrectedCell) -> tuple[int, int] | None:
    """Return the index of a cell's row and of its column, if it stands in this file as it was."""
    if raw.label != cell.file or raw.rows is None:
        return None
    at = next((i for i, (number, _) in enumerate(raw.rows) if number == cell.row), None)
    column = _column(raw.rows, cell.column)
    if at is None or column is None:
        return None
    texts = cleaned(raw.rows[at][1])
    text = texts[column] if column < len(texts) else ""
    return (at, column) if cell.was in text else None


def _column(rows: Sequence[Numbered], name: str) -> int | None:
    """Return the index of a column by its header as it is written, in the first row that has it."""
    filled = [cleaned(texts) for _, texts in rows if any(map(str.strip, texts))]
    for texts in filled[:TITLE_ROWS]:
        if name in texts:
            return texts.index(name)
    for texts in filled[:TITLE_ROWS]:
        if name in (names := [column_name(each) for each in texts]):
            return names.index(name)
    return None


def _instead(text: str, cell: CorrectedCell) -> str:
    return text.replace(cell.was, cell.value, 1) if cell.was else f"{cell.value} {text}".strip()
