"""The rows of the register in the store; personal values come from `identity`."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, delete, insert, select, true, update

from data.store.tables import schema as s
from data.store.tables.register import register_change, register_row

MANY = 400
"""So many keys are asked for at once."""
NOT_ENTERED = 0
"""The version of rows that a migration has moved here, as long as no change set has entered them."""
PERSON = ("name", "street", "postcode", "town", "contact_name", "contact_phone", "contact_email")


@dataclass(frozen=True)
class StoredRow:
    """A row as it is stored: `data` by column, `texts` those that may name somebody."""

    entity: str
    id: str
    position: int
    data: Mapping[str, str]
    texts: Mapping[str, str]
    version: int
    changed_at: datetime
    changed_by: str


def stored_rows(c: Connection, programme: str, after: int = 0, entity: str = "") -> list[StoredRow]:
    """Return the rows, of one entity or of all, that change sets after a number made what they are."""
    own = register_row.c
    columns = [own[each.name] for each in fields(StoredRow)]
    wanted = select(*columns).where(own.programme == programme, own.version > after)
    if entity:
        wanted = wanted.where(own.entity == entity)
    return [_stored(row) for row in c.execute(wanted)]


def not_entered(c: Connection, programme: str) -> list[StoredRow]:
    """Return the rows that a migration has moved here and that no change set has entered yet."""
    own = register_row.c
    columns = [own[each.name] for each in fields(StoredRow)]
    wanted = select(*columns).where(own.programme == programme, own.version == NOT_ENTERED)
    return [_stored(row) for row in c.execute(wanted)]


def with_not_entered(c: Connection) -> list[str]:
    """Return the programmes that have such rows."""
    own = register_row.c
    return list(c.execute(select(own.programme).where(own.version == NOT_ENTERED).distinct()).scalars())


def keys_removed(c: Connection, programme: str, sets: Iterable[str]) -> list[tuple[str, str]]:
    """Return entity and id of the rows that some change sets took away and that did not come back."""
    own = register_change.c
    gone = and_(own.programme == programme, own.field == "", own.after.is_(None), own.change_set.in_(sets))
    keys = {(row.entity, row.row) for row in c.execute(select(own.entity, own.row).where(gone))}
    return sorted(keys - _there(c, programme, keys))


def keep_rows(c: Connection, programme: str, rows: Sequence[StoredRow]) -> None:
    """Insert rows."""
    if rows:
        c.execute(insert(register_row), [_values(programme, row) for row in rows])


def replace_rows(c: Connection, programme: str, rows: Sequence[StoredRow]) -> None:
    """Replace rows that are there; what the last import had for each stays."""
    if not rows:
        return
    own = register_row.c
    wanted = update(register_row).where(
        own.programme == programme, own.entity == bindparam("of_entity"), own.id == bindparam("of_id")
    )
    values = [_values(programme, row) for row in rows]
    keys = [{"of_entity": held.pop("entity"), "of_id": held.pop("id")} for held in values]
    c.execute(wanted, [key | held for key, held in zip(keys, values, strict=True)])


def remove_rows(c: Connection, programme: str, keys: Sequence[tuple[str, str]]) -> None:
    """Delete rows by entity and id."""
    for entity, some in by_entity(keys):
        own = register_row.c
        wanted = and_(own.programme == programme, own.entity == entity, own.id.in_(some))
        c.execute(delete(register_row).where(wanted))


def _there(c: Connection, programme: str, keys: set[tuple[str, str]]) -> set[tuple[str, str]]:
    own = register_row.c
    found: set[tuple[str, str]] = set()
    for entity, some in by_entity(sorted(keys)):
        wanted = and_(own.programme == programme, own.entity == entity, own.id.in_(some))
        found |= {(entity, key) for key in c.execute(select(own.id).where(wanted)).scalars()}
    return found


def by_entity(keys: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Return entities with ids of theirs, so many at once as one question may name."""
    by_entity: dict[str, list[str]] = {}
    for entity, key in keys:
        by_entity.setdefault(entity, []).append(key)
    return [
        (entity, ids[start : start + MANY])
        for entity, ids in by_entity.items()
        for start in range(0, len(ids), MANY)
    ]


def _stored(row: Row[Any]) -> StoredRow:
    held = dict(row._mapping)
    return StoredRow(**held | {"data": json.loads(held["data"]), "texts": json.loads(held["texts"])})


def _values(programme: str, row: StoredRow) -> dict[str, Any]:
    return {"programme": programme, **row.__dict__, "data": _json(row.data), "texts": _json(row.texts)}


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def people_named(
    c: Connection, programme: str, keys: Iterable[str] | None = None
) -> dict[str, dict[str, str]]:
    """Return the personal values that are kept of some ids, or of all: not those that are empty."""
    own = s.identity.c
    columns = [own[name] for name in PERSON]
    found = {}
    for condition in _conditions(own.id, keys):
        for row in c.execute(select(own.id, *columns).where(own.programme == programme, condition)):
            found[row.id] = {name: getattr(row, name) for name in PERSON if getattr(row, name)}
    return found


def _conditions(column: Any, keys: Iterable[str] | None) -> list[ColumnElement[bool]]:
    if keys is None:
        return [true()]
    ids = sorted(set(keys))
    return [column.in_(ids[start : start + MANY]) for start in range(0, len(ids), MANY)]
