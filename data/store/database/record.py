"""Helpers for records: ids that cannot be guessed, rows kept once, errors for missing ones and conflicts."""

import secrets
from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import Connection, Table

from data.base.errors import BuddyplanError


class NotThere(BuddyplanError):
    """The store has no such record, or none that this reader may see."""

    http_status: ClassVar[int] = 404
    kind: ClassVar[str] = "not_there"


class Conflict(BuddyplanError):
    """The record has changed since it was read, or conflicts with another."""

    http_status: ClassVar[int] = 409
    kind: ClassVar[str] = "conflict"


def new_id() -> str:
    """Return a random id of 128 bits, so that one id reveals nothing about others."""
    return secrets.token_hex(16)


def insert_unless_there(c: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless there is one with its key; return whether it was inserted.

    Where another transaction is just inserting the same, this waits for its end: on PostgreSQL two may both
    have seen that there is none.
    """
    from sqlalchemy.dialects import postgresql, sqlite  # slow to import, and needed long after the start

    insert = sqlite.insert if c.dialect.name == "sqlite" else postgresql.insert
    wanted = insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key)
    return c.execute(wanted).first() is not None
