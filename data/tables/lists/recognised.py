"""Which table a file or a sheet is: by its name in German or English, or by the headers in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.base.message import Message, message
from data.model.findings import Finding, Severity, meant
from data.reference.words.headers import LANGUAGES, names_of_table, table_meant
from data.tables.columns import COLUMNS, NEEDED_FILES
from data.tables.files.sheet import TITLE_ROWS, Naming, Numbered, Sheet, cleaned, header_at, sheet_of
from data.tables.lists.composed import expanded
from data.tables.lists.ids import MADE_OF
from data.tables.lists.naming import ByHand, naming_of

LEAST_KNOWN = 3
"""A list of another name is one of companies or buddies if it has so many of their columns, or no others."""


@dataclass(frozen=True)
class Raw:
    """A file or a sheet as it is: its name, its label in findings, its rows (None: it could not be read)."""

    name: str
    label: str
    rows: list[Numbered] | None


def tables_of(
    raws: Sequence[Raw], by_hand: ByHand | None, otherwise: Message, findings: list[Finding]
) -> tuple[dict[str, Sheet | None], dict[str, str], tuple[Raw, ...]]:
    """Return the sheet of each table, the labels of the tables, and what is none of them.

    `otherwise` is the remedy for a name that is near to none. Two of one name are an error; those that are
    only called much like a table, or hold its columns, are read if nothing else is that table.
    """
    chosen: dict[str, Raw] = {}
    left = list(raws)
    for loosely in (False, True):
        for raw in tuple(left):
            table = table_meant(raw.name, loosely=loosely)
            if not table or (table in chosen and loosely):
                continue
            left.remove(raw)
            if table in chosen:
                problem, remedy = message("file_twice"), message("keep_one_file")
                findings.append(Finding(Severity.ERROR, raw.label, 0, "", "", problem, remedy))
            chosen.setdefault(table, raw)
    for table, raw in _fitting(left, [each for each in NEEDED_FILES if each not in chosen], by_hand):
        chosen[table] = raw
        left.remove(raw)
    findings += [_unread(raw, otherwise) for raw in left if _holds_anything(raw)]
    sheets = {table: _sheet(raw, table, by_hand, findings) for table, raw in chosen.items()}
    return sheets, {table: raw.label for table, raw in chosen.items()}, tuple(left)


def _sheet(raw: Raw, table: str, by_hand: ByHand | None, findings: list[Finding]) -> Sheet | None:
    if raw.rows is None:
        return None
    sheet = sheet_of(raw.label, raw.rows, naming_of(table, raw.label, by_hand), findings)
    return sheet and expanded(sheet, table)


def _fitting(raws: Sequence[Raw], tables: Sequence[str], by_hand: ByHand | None) -> list[tuple[str, Raw]]:
    """Return which lists have the columns of these tables; what can be but one of them goes first."""
    found: list[tuple[str, Raw]] = []
    fits = [(raw, _known(raw, tables, by_hand)) for raw in raws]
    for raw, known in sorted(fits, key=lambda fit: len(fit[1])):
        free = {table: number for table, number in known.items() if table not in dict(found)}
        if free:
            found.append((max(free, key=lambda table: (free[table], table)), raw))
    return found


def _known(raw: Raw, tables: Sequence[str], by_hand: ByHand | None) -> dict[str, int]:
    """Return how many columns of each table a list has, of those that it may be."""
    found = {}
    for table in tables:
        try:
            naming = naming_of(table, raw.label, by_hand)
        except ValueError:  # somebody said that it has columns of another table
            continue
        header = _header(raw, naming)
        names = {name for name in naming(header) if name}
        enough = len(names) >= LEAST_KNOWN or len(names) == len(header) > 1
        if enough and _has_needed(table, names):
            found[table] = len(names)
    return found


def _header(raw: Raw, naming: Naming) -> list[str]:
    filled = (cleaned(cells) for _, cells in raw.rows or [] if any(map(str.strip, cells)))
    rows = [cells for _, cells in zip(range(TITLE_ROWS), filled, strict=False)]
    return [cell for cell in rows[header_at(rows, naming)[0]] if cell] if rows else []


def _has_needed(table: str, names: set[str]) -> bool:
    """Return whether a list of such columns can be a table: with all it needs, or what ids are made of."""
    needed = {column.name for column in COLUMNS[table] if column.needed} - names
    made = names & {*MADE_OF[table], "last_name"}
    return not needed or (needed == {"id"} and bool(made))


def _holds_anything(raw: Raw) -> bool:
    return raw.rows is None or any(any(map(str.strip, cells)) for _, cells in raw.rows)


def _unread(raw: Raw, otherwise: Message) -> Finding:
    remedy = meant(raw.name, _all_names(), otherwise)
    return Finding(Severity.WARNING, raw.label, 0, "", "", message("not_read"), remedy)


def _all_names() -> Mapping[str, str]:
    names = {name: table for table in COLUMNS for lang in LANGUAGES for name in names_of_table(table, lang)}
    return {table: table for table in COLUMNS} | names
