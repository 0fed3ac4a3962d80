"""The names of tables and columns in lists, by language; and which one a person means."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from data.reference.words.folding import folded, header_forms, without_umlauts

LANGUAGES = ("de", "en")
FOLDER = Path(__file__).parent
LONGEST = 80
"""No header is longer; what is, is a text."""
TABLES, SHARED, COMPOSED = "tables", "shared", "composed"
BESIDE_A_NAME = re.compile(
    r"\bv?\d+|\b(liste|list|stand|neu|aktuell|export|kopie|copy|final|endfassung|vorlage|tabelle|und|von|vom|der|die|alle|unsere|kw"
    r"|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b",
    re.IGNORECASE,
)
"""What files and sheets are called beside their table: a year, a version, `Stand`."""


@cache
def words_in(language: str, file: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Return a file of words, by section."""
    return tomllib.loads((FOLDER / language / f"{file}.toml").read_text(encoding="utf-8"))


def names_of_table(table: str, language: str) -> tuple[str, ...]:
    """Return what a table is called in a language; the first name is what we write."""
    return tuple(words_in(language, "headers")[TABLES].get(table, ()))


def names_of_column(table: str, column: str, language: str) -> tuple[str, ...]:
    """Return what a column of a table is called in a language; the first name is what we write.

    Names that all tables share are left out where they mean another column of this one.
    """
    found = words_in(language, "headers")
    own = found.get(table, {})
    taken = {folded(name) for other, names in own.items() if other != column for name in names}
    shared = [name for name in found[SHARED].get(column, ()) if folded(name) not in taken]
    first = [*own.get(column, ()), *shared]
    return tuple(
        {folded(name): name for name in reversed(first)}[key] for key in dict.fromkeys(map(folded, first))
    )


def table_meant(name: str, *, loosely: bool = False) -> str:
    """Return the table that a file or a sheet is named after, empty if none.

    Loosely, years and words such as `Stand` or `neu` beside the name do not matter.
    """
    by_name = _tables()
    if found := by_name.get(folded(name)):
        return found
    if not loosely:
        return ""
    bare = BESIDE_A_NAME.sub(" ", re.sub(r"[_.\-]+", " ", name))
    return by_name.get(folded(bare), "")


@cache
def _tables() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for table in words_in(language, "headers")[TABLES]:
            found.setdefault(folded(table), table)
            for name in names_of_table(table, language):
                found.setdefault(folded(name), table)
                found.setdefault(without_umlauts(name), table)
    return found


class Headers:
    """The names of a table's columns; `composed` are headers that mean several columns or a part of one."""

    def __init__(self, table: str, columns: tuple[str, ...], composed: tuple[str, ...] = ()) -> None:
        self._columns = {folded(column): column for column in columns}
        self.names: dict[str, tuple[str, ...]] = {
            column: tuple(name for language in LANGUAGES for name in names_of_column(table, column, language))
            for column in columns
        }
        self.names |= {
            each: tuple(
                name for lang in LANGUAGES for name in words_in(lang, "headers")[COMPOSED].get(each, ())
            )
            for each in composed
        }
        self._by_form = dict(self._columns)
        for fold in (folded, without_umlauts):
            for column, names in self.names.items():
                for name in names:
                    self._by_form.setdefault(fold(name), column)

    def meant(self, header: str) -> str:
        """Return the column that a header means, empty if it is not known or has the unit of another."""
        if len(header) > LONGEST or not (key := folded(header)):
            return ""
        if column := self._columns.get(key):
            return column
        for form, unit in header_forms(header):
            if (column := self._by_form.get(form, "")) and unit in ("", _unit(column) or unit):
                return column
        return ""


@cache
def headers_of(table: str, columns: tuple[str, ...], composed: tuple[str, ...] = ()) -> Headers:
    """Return the names of the columns of a table."""
    return Headers(table, columns, composed)


def _unit(column: str) -> str:
    """Return the unit of a column by its name, empty where it has none."""
    if column.endswith("_min") or column == "minutes":
        return "min"
    if "hours_" in column or column.endswith("_hours"):
        return "h"
    return "m" if column.endswith("_m") else ""
