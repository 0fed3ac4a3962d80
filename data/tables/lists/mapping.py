"""Headers that are not known: the columns near them, and the key by which a choice is remembered."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from data.reference.words.folding import folded
from data.tables.columns import COLUMNS, NEEDED_FILES
from data.tables.files.sheet import NOT_READ, Sheet, sheet_of
from data.tables.lists.composed import expanded
from data.tables.lists.naming import headers_in, naming_of
from data.tables.lists.recognised import Raw

NEAREST = 3


@dataclass(frozen=True)
class UnknownHeader:
    """A header as it is written, the three columns nearest to it, and how many cells below it are filled."""

    header: str
    nearest: tuple[str, ...]
    filled: int


@dataclass(frozen=True)
class UnknownHeaders:
    """The headers of one table that are not known; `key` is the same for every file with the same headers."""

    label: str
    table: str
    key: str
    headers: tuple[UnknownHeader, ...]


def unknown_headers(sheets: Mapping[str, Sheet | None], unread: Sequence[Raw]) -> tuple[UnknownHeaders, ...]:
    """Return what is not known in each table, and in lists that might be the companies or buddies that lack.

    A header is not known either if another one means the same column already.
    """
    return tuple(
        found for table, sheet in _sheets(sheets, unread) if (found := _unknown(table, sheet)).headers
    )


def remembered(
    found: Sequence[UnknownHeaders], said: Mapping[str, Mapping[str, str]]
) -> dict[tuple[str, str], str]:
    """Return what `read_programme` and `find_source` take by hand: what was said for each key of headers."""
    return {
        (each.label, header): column for each in found for header, column in said.get(each.key, {}).items()
    }


def key_of(table: str, headers: Sequence[str]) -> str:
    """Return the key of a set of headers in a table, whatever their order, case and blanks."""
    words = sorted({folded(each) for each in headers if each})
    return hashlib.sha256("\n".join((table, *words)).encode()).hexdigest()[:32]


def _sheets(sheets: Mapping[str, Sheet | None], unread: Sequence[Raw]) -> Iterator[tuple[str, Sheet]]:
    for table, sheet in sheets.items():
        if sheet:
            yield table, sheet
    for table in (each for each in reversed(NEEDED_FILES) if each not in sheets):
        for raw in unread:
            if sheet := sheet_of(raw.label, raw.rows or [], naming_of(table), []):
                yield table, expanded(sheet, table)


def _unknown(table: str, sheet: Sheet) -> UnknownHeaders:
    free = [column.name for column in COLUMNS[table] if column.name not in sheet.header]
    headers = tuple(
        UnknownHeader(each, _nearest(table, each, free), _filled(sheet, i))
        for i, each in enumerate(sheet.written)
        if each and sheet.header[i] != NOT_READ and not _means_its_own(table, sheet, i)
    )
    return UnknownHeaders(sheet.file, table, key_of(table, sheet.written), headers)


def _means_its_own(table: str, sheet: Sheet, i: int) -> bool:
    """Return whether a header means a column of its own, be it by hand."""
    name = sheet.header[i]
    return name in headers_in(table).names and name not in sheet.header[:i]


def _nearest(table: str, header: str, free: Sequence[str]) -> tuple[str, ...]:
    word, names = folded(header), headers_in(table).names
    near = {
        column: max(_likeness(word, folded(each)) for each in (column, *names[column])) for column in free
    }
    return tuple(sorted(near, key=lambda column: (-near[column], column))[:NEAREST])


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


def _filled(sheet: Sheet, i: int) -> int:
    return sum(1 for _, cells in sheet.rows if i < len(cells) and cells[i])
