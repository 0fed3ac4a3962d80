"""Erase what the register has of a person: what imports had, and what the journal says of names."""

import json
from collections.abc import Collection

from sqlalchemy import Connection, delete, select, update

from data.base.ids import OWNED
from data.store.tables import schema as s
from data.store.work.programmes import CONTACT

OF_PEOPLE = ("buddies", "companies", "hosts", "places", "bases")
"""Entities whose rows have names or addresses."""


def erase_row(c: Connection, programme: str, key: str) -> None:
    """Delete what the journal says of the names of a row and of addresses that are its; so does undoing."""
    own = s.register_text_change.c
    of_person = (own.row == key) | own.row.startswith(f"{key}{OWNED}", autoescape=True)
    mine = (own.programme == programme) & own.entity.in_(OF_PEOPLE) & of_person
    c.execute(delete(s.register_text_change).where(mine))


def erase_contact_of_row(c: Connection, programme: str, key: str) -> None:
    """Delete what the journal and the last import have of a company's contact person."""
    own = s.register_text_change.c
    mine = (own.programme == programme) & own.entity.in_(OF_PEOPLE) & (own.row == key)
    c.execute(delete(s.register_text_change).where(mine, own.field.in_(CONTACT)))
    whole = select(own.change_set, own.ordinal, own.before, own.after).where(mine, own.field == "")
    for row in c.execute(whole).all():
        this = (own.change_set == row.change_set) & (own.ordinal == row.ordinal)
        left = {"before": _without(row.before, CONTACT), "after": _without(row.after, CONTACT)}
        c.execute(update(s.register_text_change).where(this).values(**left))
    person = (s.identity.c.programme == programme) & (s.identity.c.id == key)
    for row in c.execute(select(s.identity.c.imported).where(person)).all():
        c.execute(update(s.identity).where(person).values(imported=_without(row.imported, CONTACT)))


def _without(text: str | None, names: Collection[str]) -> str | None:
    if text is None:
        return None
    return json.dumps(
        {name: value for name, value in json.loads(text).items() if name not in names}, ensure_ascii=False
    )
