"""One table on one worksheet: header, typed columns, filter; text stays text, whatever it begins with."""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from api.words.speaker import Speaker
from data.base.writable_text import writable

EXCEL_EPOCH = date(1899, 12, 30)
DAY_MIN = 1440
MOST_SIGNS = 32_767
"""In one cell; a longer text would be left out of the file."""
CREATED = datetime(2000, 1, 1)
"""A constant, so that the same content gives the same bytes."""


@contextmanager
def workbook(out: io.BytesIO, title: str = "") -> Iterator[Any]:
    """Write a workbook into `out` in which no text becomes a formula or a link."""
    import xlsxwriter  # slow to import, and the service answers with few workbooks

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": CREATED} | ({"title": title} if title else {}))
        yield book


class Kind(Enum):
    """The type of a column; the value is its number format. A clock is minutes after midnight."""

    TEXT = "@"
    NUMBER = "#,##0"
    DECIMAL = "#,##0.00"
    DATE = "ddd dd.mm.yyyy"
    CLOCK = "hh:mm"
    PERCENT = "0.0%"


@dataclass(frozen=True)
class Column:
    """A column's header, width in characters, and type."""

    header: str
    width: int
    kind: Kind = Kind.TEXT


def named_columns(begin: str, columns: Iterable[tuple[Any, ...]], say: Speaker) -> tuple[Column, ...]:
    """Return columns given as key, width and kind, with the headers that the catalogue has for their keys."""
    return tuple(Column(say.t(f"{begin}_{key}"), *width_and_kind) for key, *width_and_kind in columns)


class Style:
    """The formats of one workbook: one for headings, one for headers, and one for each kind of cell."""

    def __init__(self, book: Any) -> None:
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.note = book.add_format({"italic": True, "font_color": "#555555"})
        self.header = book.add_format(
            {"bold": True, "bg_color": "#E8EEF0", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.cell = {kind: book.add_format({"num_format": kind.value, "valign": "top"}) for kind in Kind}


def write_cell(page: Any, at: tuple[int, int], value: Any, kind: Kind, style: Style) -> None:
    """Write one value at (row, column) as its kind; None leaves the cell empty."""
    if value is None:
        return
    if kind is Kind.TEXT:
        page.write_string(*at, writable(value)[:MOST_SIGNS], style.cell[kind])
        return
    if kind is Kind.DATE:
        value = (value - EXCEL_EPOCH).days
    elif kind is Kind.CLOCK:
        value = value / DAY_MIN
    page.write_number(*at, value, style.cell[kind])


def write_table(
    page: Any, style: Style, columns: Sequence[Column], rows: Iterable[Sequence[Any]], top: int = 0
) -> int:
    """Write header and rows from row `top` on, with a filter, and return the number of rows."""
    for i, column in enumerate(columns):
        page.set_column(i, i, column.width)
        page.write_string(top, i, column.header, style.header)
    count = 0
    for values in rows:
        count += 1
        for i, (column, value) in enumerate(zip(columns, values, strict=True)):
            write_cell(page, (top + count, i), value, column.kind, style)
    page.autofilter(top, 0, top + max(count, 1), len(columns) - 1)
    return count
