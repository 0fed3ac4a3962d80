"""Change sets and their changes: the journal of a programme's register."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, func, insert, or_, select, true, union_all

from data.base.message import message
from data.store.database.record import NotThere, new_id
from data.store.register.rows import by_entity
from data.store.tables.register import change_set, register_change, register_text_change


class Source(StrEnum):
    """Through what a change set was made."""

    DESK = "desk"
    API = "api"
    IMPORT = "import"
    NIGHTLY = "nightly"
    SCENARIO = "scenario"
    MATCHING = "matching"
    UNDO = "undo"
    BUDDY = "buddy"  # what buddies raise and report themselves, of which the day alone is kept
    MOVED = "moved"  # what earlier versions kept elsewhere
    RETENTION = "retention"  # rows past their retention go; what they were is told nowhere


@dataclass(frozen=True)
class ChangeSet:
    """One change of a register: number within the programme, when, by whom, through what, what it undoes."""

    id: str
    programme: str
    number: int
    at: datetime
    by_user: str
    source: Source
    note: str
    undoes: str | None


@dataclass(frozen=True)
class Change:
    """What became of one field of a row; None: it was empty, or is now.

    With an empty `field` it is the whole row, its values as JSON; None: it was not there, or is no longer.
    """

    entity: str
    row: str
    field: str
    before: str | None
    after: str | None

    @property
    def values_before(self) -> Mapping[str, str]:
        """The values of a whole row that was there."""
        return dict(json.loads(self.before)) if self.before else {}

    @property
    def values_after(self) -> Mapping[str, str]:
        """The values of a whole row that is there now."""
        return dict(json.loads(self.after)) if self.after else {}


def last_change_set(c: Connection, programme: str) -> ChangeSet | None:
    """Return the last change set of a programme, None if there is none."""
    own = change_set.c
    row = c.execute(
        select(change_set).where(own.programme == programme).order_by(own.number.desc()).limit(1)
    ).first()
    return _set(row) if row else None


def is_change_set(c: Connection, key: str) -> bool:
    """Return whether there is a change set of this id."""
    return c.execute(select(change_set.c.id).where(change_set.c.id == key)).first() is not None


def change_set_of(c: Connection, key: str) -> ChangeSet:
    """Return a change set by its id; raises `NotThere`."""
    row = c.execute(select(change_set).where(change_set.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_change_set", change_set=key))
    return _set(row)


def sets_after(c: Connection, programme: str, number: int) -> list[str]:
    """Return the ids of the change sets after a number, the first one first."""
    own = change_set.c
    later = select(own.id).where(own.programme == programme, own.number > number)
    return list(c.execute(later.order_by(own.number)).scalars())


def change_sets_before(
    c: Connection, programme: str, limit: int, before: int | None = None
) -> list[ChangeSet]:
    """Return change sets, the newest first, those before a number if one is given."""
    return _newest(c, [change_set.c.programme == programme], limit, before)


def keep_change_set(
    c: Connection,
    made: ChangeSet,
    changes: Sequence[Change],
    text_changes: Sequence[Change],
) -> None:
    """Insert a change set with its changes; those of values that may name a person apart."""
    c.execute(insert(change_set).values(**made.__dict__))
    for table, of_table in ((register_change, changes), (register_text_change, text_changes)):
        rows = [
            {"change_set": made.id, "ordinal": i, "programme": made.programme, **each.__dict__}
            for i, each in enumerate(of_table)
        ]
        if rows:
            c.execute(insert(table), rows)


def new_set_id() -> str:
    """Return an id for a change set."""
    return new_id()


def changes_of(c: Connection, keys: Iterable[str]) -> dict[str, list[Change]]:
    """Return the changes of change sets by the id of each, those of texts after the others."""
    return _by_set(c, list(keys), lambda table: true())


def sets_about(
    c: Connection,
    programme: str,
    rows: Iterable[tuple[str, str]],
    limit: int,
    counted: str = "",
    before: int | None = None,
) -> list[ChangeSet]:
    """Return the change sets that changed some rows, the newest first, those before a number if one is given.

    `counted`: rows whose ids begin so are among them, which may be gone.
    """
    wanted = list(rows)
    if not (wanted or counted):
        return []
    parts = [
        select(table.c.change_set).where(table.c.programme == programme, condition)
        for table in (register_change, register_text_change)
        for condition in _about(table, wanted, counted)
    ]
    return _newest(c, [change_set.c.id.in_(union_all(*parts))], limit, before)


def changes_about(
    c: Connection, sets: Sequence[str], rows: Iterable[tuple[str, str]], counted: str = ""
) -> dict[str, list[Change]]:
    """Return what change sets did to some rows alone, by the id of each; `counted` as in `sets_about`."""
    wanted = list(rows)
    return _by_set(c, sets, lambda table: or_(*_about(table, wanted, counted)))


def change_counts(c: Connection, sets: Sequence[str]) -> dict[str, int]:
    """Return how many changes there are of change sets."""
    found = dict.fromkeys(sets, 0)
    for table in (register_change, register_text_change):
        own = table.c.change_set
        for key, count in c.execute(select(own, func.count()).where(own.in_(sets)).group_by(own)):
            found[key] += count
    return found


def _newest(
    c: Connection, chosen: Sequence[ColumnElement[bool]], limit: int, before: int | None
) -> list[ChangeSet]:
    number = change_set.c.number
    earlier = [] if before is None else [number < before]
    asked = select(change_set).where(*chosen, *earlier).order_by(number.desc()).limit(limit)
    return [_set(row) for row in c.execute(asked)]


def _by_set(
    c: Connection, sets: Sequence[str], chosen: Callable[[Table], ColumnElement[bool]]
) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {key: [] for key in sets}
    for table in (register_change, register_text_change):
        own = table.c
        asked = select(table).where(own.change_set.in_(sets), chosen(table))
        for row in c.execute(asked.order_by(own.change_set, own.ordinal)):
            found[row.change_set].append(_change(row))
    return found


def _about(table: Table, rows: Sequence[tuple[str, str]], counted: str) -> list[ColumnElement[bool]]:
    own = table.c
    named = [and_(own.entity == entity, own.row.in_(some)) for entity, some in by_entity(rows)]
    return [*named, own.row.startswith(counted, autoescape=True)] if counted else named


def touched_later(
    c: Connection, programme: str, number: int, rows: Iterable[tuple[str, str]]
) -> list[tuple[ChangeSet, Change]]:
    """Return the changes after a number of some rows, the first one first.

    A change set that was taken back since, and the one that took it back, touched nothing in effect.
    """
    wanted, void = set(rows), _taken_back(c, programme, number)
    own = change_set.c
    found: list[tuple[ChangeSet, Change]] = []
    for table in (register_change, register_text_change):
        later = (
            select(*change_set.c, *(table.c[name] for name in Change.__dataclass_fields__))
            .join(table, table.c.change_set == own.id)
            .where(own.programme == programme, own.number > number)
        )
        for row in c.execute(later.order_by(own.number, table.c.ordinal)):
            if (row.entity, row.row) in wanted and row.id not in void:
                found.append((_set(row), _change(row)))
    return sorted(found, key=lambda each: each[0].number)


def _taken_back(c: Connection, programme: str, number: int) -> set[str]:
    """Return the change sets after a number that were taken back, with those that did so, by id.

    From the last one on, so that an undo which was undone itself counts for nothing.
    """
    own = change_set.c
    later = select(own.id, own.undoes).where(own.programme == programme, own.number > number)
    sets = c.execute(later.order_by(own.number.desc())).all()
    known, void = {row.id for row in sets}, set[str]()
    for row in sets:
        if row.id not in void and row.undoes in known:
            void |= {row.id, row.undoes}
    return void


def _set(row: Row[Any]) -> ChangeSet:
    own = {name: getattr(row, name) for name in ChangeSet.__dataclass_fields__}
    return ChangeSet(**{**own, "source": Source(row.source)})


def _change(row: Row[Any]) -> Change:
    return Change(row.entity, row.row, row.field, row.before, row.after)
