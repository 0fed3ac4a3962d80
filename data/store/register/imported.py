"""What the last import had for each row, beside what the row is now."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, update

from data.store.register.people import without_erased
from data.store.tables import schema as s


def keep_imported(c: Connection, programme: str, rows: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
    """Store the values of rows by entity and id as the last import had them."""
    own = s.register_row.c
    wanted = update(s.register_row).where(
        own.programme == programme, own.entity == bindparam("of_entity"), own.id == bindparam("of_id")
    )
    values = [
        {"of_entity": entity, "of_id": key, "imported": _json(held)} for (entity, key), held in rows.items()
    ]
    if values:
        c.execute(wanted, values)


def keep_people_imported(c: Connection, programme: str, people: Mapping[str, Mapping[str, str]]) -> None:
    """Store the personal values of rows as the last import had them; nothing of erased people."""
    own = s.identity.c
    wanted = update(s.identity).where(own.programme == programme, own.id == bindparam("of_id"))
    kept = without_erased(c, programme, people)
    values = [{"of_id": key, "imported": _json(held)} for key, held in kept.items()]
    if values:
        c.execute(wanted, values)


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
