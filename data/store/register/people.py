"""Personal values of rows of the register, kept in `identity`; who was erased stays erased."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from data.base.ids import OWNED
from data.store.register.rows import MANY, PERSON
from data.store.tables import schema as s
from data.store.work.programmes import CONTACT

People = Mapping[str, Mapping[str, str]]
"""Personal values by id and the names that they have in `identity`."""


def keep_people(c: Connection, programme: str, people: People) -> None:
    """Store personal values, in place of those kept before; nothing of erased people comes back."""
    last = _imported(c, programme, people)
    kept = without_erased(c, programme, people)
    _remove(c, programme, people)
    rows = [
        {
            "programme": programme,
            "id": key,
            **{name: values.get(name, "") for name in PERSON},
            "imported": last.get(key),
        }
        for key, values in kept.items()
        if any(values.values()) or last.get(key)
    ]
    if rows:
        c.execute(insert(s.identity), rows)


def without_erased(c: Connection, programme: str, people: People) -> dict[str, dict[str, str]]:
    """Return personal values without those of erased people and contacts."""
    rows = c.execute(select(s.erasure.c.id, s.erasure.c.what).where(s.erasure.c.programme == programme))
    erased = {(row.id, row.what) for row in rows}
    kept = {}
    for key, values in people.items():
        if (key, "person") in erased or (key.partition(OWNED)[0], "person") in erased:
            continue
        gone = CONTACT if (key, "contact") in erased else ()
        kept[key] = {name: text for name, text in values.items() if name not in gone}
    return kept


def _imported(c: Connection, programme: str, keys: Iterable[str]) -> dict[str, Any]:
    own = s.identity.c
    found: dict[str, Any] = {}
    for some in _parts(keys):
        wanted = select(own.id, own.imported).where(own.programme == programme, own.id.in_(some))
        found |= {row.id: row.imported for row in c.execute(wanted)}
    return found


def _remove(c: Connection, programme: str, keys: Iterable[str]) -> None:
    for some in _parts(keys):
        own = s.identity.c
        c.execute(delete(s.identity).where(own.programme == programme, own.id.in_(some)))


def _parts(keys: Iterable[str]) -> list[list[str]]:
    ids = sorted(keys)
    return [ids[start : start + MANY] for start in range(0, len(ids), MANY)]
