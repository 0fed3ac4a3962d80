"""Until when a buddy has access: to the end of the last day of employment, as the register has it now."""

import json
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from data.base.dates import aware
from data.store.tables import schema as s
from data.store.tables.utc import now


def access_ends(c: Connection, programme: str, buddy: str) -> datetime | None:
    """Return when the access of a user who is this buddy (empty: none) ends; None: no end is known."""
    if not buddy:
        return None
    row = s.register_row.c
    asked = (row.programme == programme) & (row.entity == "buddies") & (row.id == buddy)
    data = c.execute(select(row.data).where(asked)).scalar()
    last = json.loads(data).get("employed_to") if data else None
    return aware(date.fromisoformat(last) + timedelta(days=1), 0) if last else None


def has_left(c: Connection, programme: str, buddy: str) -> bool:
    """Return whether a buddy's last day is over."""
    ends = access_ends(c, programme, buddy)
    return ends is not None and ends <= now()


def earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    """Return the earlier of two moments; None is never."""
    return min((each for each in (first, second) if each is not None), default=None)
