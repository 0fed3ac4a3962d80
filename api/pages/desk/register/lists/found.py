"""The rows that a list shows: those that the reader sees, found, filtered and sorted."""

from collections.abc import Iterable

from api.http.register.listing import filtered, found, ordered, spellings
from api.pages.desk.register.lists.place import Place
from api.pages.desk.register.shown import DISTRICT, MAIN_BUDDY, Shown
from api.pages.desk.register.wording import Wording, column_named
from data.register.rows.row import RegisterRow
from data.tables.codes import DISTRICTS
from data.tables.column import Column

NOBODY = "-"
"""The value of a filter for rows without any."""


def rows_found(words: Wording, shown: Shown, place: Place) -> list[RegisterRow]:
    """Return all rows that fit, in order."""
    rows = words.rows(shown.entity)
    for name, value in place.filters.items():
        rows = _filtered(words, shown, rows, name, value)
    rows = found(words.register, rows, place.words, words.seen.keeps)
    return _ordered(words, shown, rows, place.sort or shown.sort)


def _filtered(
    words: Wording, shown: Shown, rows: list[RegisterRow], name: str, value: str
) -> list[RegisterRow]:
    if name == MAIN_BUDDY:
        mains = words.main_buddies
        return [row for row in rows if (value in mains.get(row.id, (NOBODY,)))]
    if name == "sector":
        return [row for row in rows if row.values.get(name, "").startswith(value)]
    if value == NOBODY:
        return [row for row in rows if not row.values.get(name)]
    return filtered(rows, shown.kind, {name: value})


def _ordered(words: Wording, shown: Shown, rows: list[RegisterRow], sort: str) -> list[RegisterRow]:
    name = sort.removeprefix("-")
    if name in shown.kind.column:
        column = shown.kind.column[name]
        if (
            not column.refers
            and not column.kind.choices
            and not (shown.entity == "buddies" and name == "town")
        ):
            return ordered(rows, shown.kind, sort)
    said = {row.id: words.cell(row, name) for row in rows}
    by_id = sorted(rows, key=lambda row: row.id)
    filled = [row for row in by_id if said[row.id]]
    empty = [row for row in by_id if not said[row.id]]
    return [
        *sorted(filled, key=lambda row: min(spellings(said[row.id])), reverse=sort.startswith("-")),
        *empty,
    ]


def filter_options(words: Wording, shown: Shown, name: str) -> list[tuple[str, str]]:
    """Return the values that a filter may have, with their names: those that some row has."""
    rows = words.rows(shown.entity)
    say = words.say
    if name == MAIN_BUDDY:
        used = {key for keys in words.main_buddies.values() for key in keys}
        return [(NOBODY, say.t("list_without_buddy")), *words.by_name(used)]
    if name == DISTRICT and name not in shown.kind.column:
        keys = {row.where.district for row in rows if row.where and row.where.district}
        return sorted(((key, words.district(key)) for key in keys), key=lambda each: each[1])
    if name == "sector":
        letters = {row.values[name][0] for row in rows if row.values.get(name)}
        return [(each, f"{each} · {say.t(f'sector_{each}')}") for each in sorted(letters)]
    column = column_named(shown.entity, name)
    if column.kind.choices or column.kind.json is bool:
        fixed = column.kind.choices or ("yes", "no")
        return [(value, words.word(shown.entity, name, value)) for value in fixed]
    return _options_used(words, column, set(_used(rows, name)))


def _options_used(words: Wording, column: Column, used: set[str]) -> list[tuple[str, str]]:
    if column.refers:
        return [*words.by_name(used), (NOBODY, words.say.t("list_without"))]
    if column.kind is DISTRICTS:
        return sorted(((key, words.district(key)) for key in used), key=lambda each: each[1])
    return [(value, value) for value in sorted(used)]


def _used(rows: Iterable[RegisterRow], name: str) -> Iterable[str]:
    refers = any(name in row.kind.column and row.kind.column[name].refers for row in rows)
    for row in rows:
        text = row.values.get(name, "")
        yield from text.split() if refers or name == "districts" else ([text] if text else [])
