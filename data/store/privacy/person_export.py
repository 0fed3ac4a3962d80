"""Export all data that the store holds on one person: rows, and the parts of bodies that name the id."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from data.store.tables import schema as s
from data.store.tables.schema import metadata
from data.store.work.programmes import known_programme

SECRET = frozenset({"password_hash", "hash", "request_hash", "input_hash", "factor_salt"})
"""Secrets and hashes, which are no information about a person."""


def person_export(c: Connection, programme: str, key: str) -> dict[str, Any]:
    """Return, by table, the rows about a buddy or a company's contact person, by id in a programme.

    A row is about a person if a column holds the id, or that of one of the person's users. Of a body that
    names the id among others, only the matching entries are exported. Raises
    `data.store.database.record.NotThere` for an unknown programme.
    """
    known_programme(c, programme)
    mine = (s.user.c.buddy == key) & s.user.c.programme.in_(("", programme))
    ids = {key, *c.execute(select(s.user.c.id).where(mine)).scalars()}
    found = {table.name: list(_rows_about(c, table, programme, ids)) for table in metadata.sorted_tables}
    return {"programme": programme, "id": key, "found": {name: rows for name, rows in found.items() if rows}}


def _rows_about(c: Connection, table: Table, programme: str, ids: set[str]) -> Iterator[dict[str, Any]]:
    chosen = select(*(column for column in table.columns if column.name != "times"))
    if "programme" in table.c:
        chosen = chosen.where(table.c.programme.in_(("", programme)))
    elif "plan" in table.c:
        chosen = chosen.where(table.c.plan.in_(select(s.plan.c.id).where(s.plan.c.programme == programme)))
    for row in c.execute(chosen.order_by(*table.primary_key)):
        values = {name: value for name, value in row._mapping.items() if value is not None}
        named = any(isinstance(value, str) and value in ids for value in values.values())
        bodies = {name: _body(value) for name, value in values.items()}
        told = {name: list(mentions(body, ids)) for name, body in bodies.items() if body is not None}
        if not named and not any(told.values()):
            continue
        own = table.name == s.buddy_weeks.name and named
        yield {
            name: _shown(bodies[name] if own else told[name]) if name in told else _shown(value)
            for name, value in values.items()
            if name not in SECRET
        }


def mentions(value: Any, ids: set[str]) -> Iterator[Any]:
    """Yield the smallest records in JSON data that contain one of some ids as a value or a key."""
    match value:
        case dict():
            if any(each in ids for each in value.values() if isinstance(each, str)) or _listed(value, ids):
                yield value
                return
            for name, held in value.items():
                if name in ids:
                    yield {name: held}
                else:
                    yield from mentions(held, ids)
        case list():
            for each in value:
                yield from mentions(each, ids)


def _listed(record: dict[str, Any], ids: set[str]) -> bool:
    return any(
        each in ids
        for held in record.values()
        if isinstance(held, list)
        for each in held
        if isinstance(each, str)
    )


def _body(value: Any) -> Any:
    """Return the content of a text if it is a JSON object or list."""
    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return None
    try:
        return json.loads(value)
    except ValueError:
        return None


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
