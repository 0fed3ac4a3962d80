"""What the last import had for each row, beside what the row is now."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, select, update

from data.store.register.people import without_erased
from data.store.tables import schema as s

Rows = Mapping[tuple[str, str], Mapping[str, str]]
"""Values by entity and id, and column."""
People = Mapping[str, Mapping[str, str]]
"""Personal values by id, and the names that they have in `identity`."""


@dataclass(frozen=True)
class LastImport:
    """What the last import that named a row had for it; rows that no import named are not there."""

    rows: Rows = field(default_factory=dict)
    people: People = field(default_factory=dict)


def last_import(c: Connection, programme: str) -> LastImport:
    """Return what the imports of a programme had for each of its rows."""
    row, person = s.register_row.c, s.identity.c
    rows = select(row.entity, row.id, row.imported).where(row.programme == programme)
    people = select(person.id, person.imported).where(person.programme == programme)
    rows, people = rows.where(row.imported.is_not(None)), people.where(person.imported.is_not(None))
    return LastImport(
        {(each.entity, each.id): dict(json.loads(each.imported)) for each in c.execute(rows)},
        {each.id: dict(json.loads(each.imported)) for each in c.execute(people)},
    )


def keep_imported(c: Connection, programme: str, rows: Rows) -> None:
    """Store the values of rows as the last import had them."""
    own = s.register_row.c
    wanted = update(s.register_row).where(
        own.programme == programme, own.entity == bindparam("of_entity"), own.id == bindparam("of_id")
    )
    values = [
        {"of_entity": entity, "of_id": key, "imported": _json(held)} for (entity, key), held in rows.items()
    ]
    if values:
        c.execute(wanted, values)


def keep_people_imported(c: Connection, programme: str, people: People) -> None:
    """Store the personal values of rows as the last import had them; nothing of erased people."""
    own = s.identity.c
    wanted = update(s.identity).where(own.programme == programme, own.id == bindparam("of_id"))
    kept = without_erased(c, programme, people)
    values = [{"of_id": key, "imported": _json(held)} for key, held in kept.items()]
    if values:
        c.execute(wanted, values)


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
