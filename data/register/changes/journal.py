"""What a change set did, field by field, as the journal has it."""

import json
from collections.abc import Iterable, Mapping, Sequence

from data.register.rows.load import stored_of
from data.register.rows.register import Key, Register
from data.register.rows.row import RegisterRow
from data.store.register.change_sets import Change


def journal_of(
    before: Register, changed: Sequence[RegisterRow], removed: Iterable[Key]
) -> tuple[list[Change], list[Change]]:
    """Return the changes of rows that changed and of those that went: plain values, and those of people."""
    changes: list[Change] = []
    texts: list[Change] = []
    for row in changed:
        found = before.row(row.entity, row.id)
        (was, was_told), (now, now_told) = _parts(found), _parts(row)
        changes += _fields(row, was, now) if found else _whole(row, None, now)
        texts += _fields(row, was_told, now_told) if found else _whole(row, None, now_told)
    for gone in filter(None, (before.row(*key) for key in removed)):
        was, was_told = _parts(gone)
        changes += _whole(gone, was, None)
        texts += _whole(gone, was_told, None)
    return changes, texts


def _parts(row: RegisterRow | None) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the values of a row that name nobody, and those that may."""
    if row is None:
        return {}, {}
    stored = stored_of(row)
    return stored.data, {name: row.values[name] for name in row.kind.private if name in row.values}


def _whole(row: RegisterRow, was: Mapping[str, str] | None, now: Mapping[str, str] | None) -> list[Change]:
    """Return that a row came or went; of personal values only if there are any."""
    if not (was or now):
        return []
    return [Change(row.entity, row.id, "", _json(was), _json(now))]


def _fields(row: RegisterRow, was: Mapping[str, str], now: Mapping[str, str]) -> list[Change]:
    names = sorted({name for name in was.keys() | now.keys() if was.get(name) != now.get(name)})
    return [Change(row.entity, row.id, name, was.get(name), now.get(name)) for name in names]


def _json(values: Mapping[str, str] | None) -> str | None:
    return None if values is None else json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
