"""Registers as the store has them, kept while they are current: a change makes only what changed be read."""

import threading
from collections.abc import Iterable

from sqlalchemy import Connection

from data.model.problem import Point
from data.register.rows.kinds import KINDS
from data.register.rows.register import Register, empty
from data.register.rows.row import RegisterRow, Values, Whereabouts
from data.store.register.change_sets import is_change_set, last_change_set, sets_after
from data.store.register.rows import StoredRow, keys_removed, people_named, stored_rows

AT, DISTRICT = "at", "district"
"""Names in the stored data that are no columns: a point, and the district in which it lies."""


class Registers:
    """The registers of a service, each as it was read last."""

    def __init__(self) -> None:
        self._known: dict[str, Register] = {}
        self._lock = threading.Lock()

    def of(self, c: Connection, programme: str) -> Register:
        """Return the register of a programme; one without rows if nothing was entered yet."""
        with self._lock:
            known = self._known.get(programme)
        found = register_of(c, programme, known)
        with self._lock:
            self._known[programme] = found
        return found


def register_of(c: Connection, programme: str, known: Register | None = None) -> Register:
    """Return the register of a programme, made from an earlier one where there is one."""
    last = last_change_set(c, programme)
    if last is None:
        return empty(programme)
    if known is not None and known.change_set == last.id:
        return known
    # What was read in a transaction that was undone afterwards never happened.
    if known is None or not is_change_set(c, known.change_set):
        known = empty(programme)
    stored = stored_rows(c, programme, known.number)
    removed = keys_removed(c, programme, sets_after(c, programme, known.number)) if known.number else []
    return known.with_rows(last.number, last.id, _rows(c, programme, stored, known.number > 0), removed)


def _rows(c: Connection, programme: str, stored: list[StoredRow], few: bool) -> Iterable[RegisterRow]:
    named = [row.id for row in stored if KINDS[row.entity].personal]
    people = people_named(c, programme, named if few else None)
    return [row_of(each, people.get(each.id, {})) for each in stored]


def row_of(stored: StoredRow, person: Values) -> RegisterRow:
    """Return a row of the register from its parts in the store."""
    kind = KINDS[stored.entity]
    values = {name: text for name, text in stored.data.items() if name in kind.column}
    values |= {COLUMN_OF[kind.name].get(name, name): text for name, text in person.items() if kind.personal}
    values |= stored.texts
    return RegisterRow(
        stored.entity,
        stored.id,
        {name: text for name, text in values.items() if name in kind.column},
        whereabouts_of(stored.data),
        stored.position,
        stored.version,
        stored.changed_at,
        stored.changed_by,
    )


TOLD_AS: dict[str, dict[str, str]] = {entity: {} for entity in KINDS} | {
    "hosts": {"seat": "town"},
    "places": {"address": "street"},
}
"""The names in `identity` of columns that have another one there."""
COLUMN_OF = {entity: {name: column for column, name in told.items()} for entity, told in TOLD_AS.items()}


def whereabouts_of(data: Values) -> Whereabouts | None:
    """Return where a row is by what is stored of it, None for rows at no place."""
    if not data.get(AT):
        return None
    lat, lon = map(float, data[AT].split())
    return Whereabouts(Point(lat=lat, lon=lon), data.get(DISTRICT, ""))


def stored_of(row: RegisterRow) -> StoredRow:
    """Return a row as the store keeps it, without its personal values."""
    private = row.kind.private
    data = {name: text for name, text in row.values.items() if name not in private}
    if row.where is not None:
        data[AT] = f"{row.where.point.lat!r} {row.where.point.lon!r}"
        if row.where.district:
            data[DISTRICT] = row.where.district
    texts = {name: row.values[name] for name in row.kind.free_texts if name in row.values}
    return StoredRow(
        row.entity,
        row.id,
        row.position,
        data,
        texts,
        row.version,
        row.changed_at,
        row.changed_by,
    )


def person_of(row: RegisterRow) -> dict[str, str]:
    """Return the personal values of a row under the names that they have in `identity`."""
    return personal_of(row.entity, row.values)


def personal_of(entity: str, values: Values) -> dict[str, str]:
    """Return the personal ones of some values of a row under the names that they have in `identity`."""
    told = TOLD_AS[entity]
    return {told.get(name, name): values[name] for name in KINDS[entity].personal & values.keys()}
