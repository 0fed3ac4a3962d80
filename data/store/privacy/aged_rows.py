"""Rows of registers that are past their retention: they go from the journal too, which keeps their ids."""

import json
from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import Connection, delete, select

from data.model.vocabulary import RequestState
from data.store.register.change_sets import (
    Change,
    ChangeSet,
    Source,
    keep_change_set,
    last_change_set,
    new_set_id,
)
from data.store.register.rows import by_entity, remove_rows, stored_rows
from data.store.tables import schema as s
from data.store.tables.utc import now
from data.store.work.programmes import lock_programme, programme_ids

BY = "retention"
"""The user recorded for it."""
OPEN = RequestState.OPEN.value
Values = Mapping[str, str]


def remove_contacts(c: Connection, limit: date) -> int:
    """Delete the contacts of days before a limit, and return how many."""
    return _remove(c, "history", lambda values: values["date"] < limit.isoformat())


def remove_settled_requests(c: Connection, limit: date) -> int:
    """Delete the requests that are no longer open and were due before a limit, and return how many."""
    return _remove(
        c,
        "requests",
        lambda values: values["due"] < limit.isoformat() and values.get("state", OPEN) != OPEN,
    )


def _remove(c: Connection, entity: str, old: Callable[[Values], bool]) -> int:
    removed = 0
    for programme in programme_ids(c):
        lock_programme(c, programme)
        rows = {row.id: old(row.data) for row in stored_rows(c, programme, entity=entity)}
        keys = [key for key, is_old in rows.items() if is_old]
        removed += len(keys)
        keys += sorted(_removed_before(c, programme, entity, old) - rows.keys())
        if keys:
            _remove_rows(c, programme, entity, keys)
    return removed


def _removed_before(c: Connection, programme: str, entity: str, old: Callable[[Values], bool]) -> set[str]:
    """Return the ids of old rows that somebody took away, which only the journal still has."""
    own = s.register_change.c
    whole = (own.programme == programme) & (own.entity == entity) & (own.field == "")
    found = c.execute(select(own.row, own.before).where(whole, own.before.is_not(None)))
    return {row.row for row in found if old(json.loads(row.before))}


def _remove_rows(c: Connection, programme: str, entity: str, keys: list[str]) -> None:
    """Take rows away by a change set of which only the ids are known, so that it cannot be undone."""
    gone = [(entity, key) for key in keys]
    for table in (s.register_change, s.register_text_change):
        own = table.c
        for _, some in by_entity(gone):
            mine = (own.programme == programme) & (own.entity == entity) & own.row.in_(some)
            c.execute(delete(table).where(mine))
    remove_rows(c, programme, gone)
    last = last_change_set(c, programme)
    assert last is not None, "rows came by change sets"
    made = ChangeSet(new_set_id(), programme, last.number + 1, now(), BY, Source.RETENTION, "", None)
    keep_change_set(c, made, [Change(entity, key, "", None, None) for key in keys], [])
