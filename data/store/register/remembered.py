"""What an office said once and need not say again, by what it is about."""

import json
from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from data.store.tables import schema as s
from data.store.tables.utc import now


class About(StrEnum):
    """What is remembered: what headers mean, by the key of their set; which pages were looked at."""

    HEADERS = "headers"
    LOOKED_AT = "looked_at"


def remember(
    c: Connection, programme: str, about: About, key: str, said: Mapping[str, str], by_user: str
) -> None:
    """Store what was said under a key, in place of what was said before."""
    own = s.remembered.c
    c.execute(delete(s.remembered).where(own.programme == programme, own.about == about, own.key == key))
    row = {
        "programme": programme,
        "about": about,
        "key": key,
        "value": json.dumps(dict(said), ensure_ascii=False, sort_keys=True),
        "at": now(),
        "by_user": by_user,
    }
    c.execute(insert(s.remembered).values(row))


def remembered(c: Connection, programme: str, about: About) -> dict[str, dict[str, str]]:
    """Return what was said, by key; nothing of a programme that is not there yet."""
    own = s.remembered.c
    rows = c.execute(select(own.key, own.value).where(own.programme == programme, own.about == about))
    return {row.key: json.loads(row.value) for row in rows}
