"""Minimal rows for every table that refer to one another consistently."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, LargeBinary, Table

from data.store.tables.storable import Float, Integer
from data.store.tables.utc import Moment

TEXTS = {
    ("plan", "state"): "draft",
    ("plan", "first_week"): "2026-W48",
    ("job", "state"): "queued",
    ("pair_rule", "kind"): "pin",
    ("outcome", "kind"): "hire",
    # About a person who appears nowhere else here, so that a restore erases nothing.
    ("erasure", "id"): "gone",
    ("erasure", "what"): "contact",
}
"""Values that satisfy check constraints."""


def one_row_each(table: Table) -> dict[str, Any]:
    """Return a row for a table; keys are all `x`, so that rows of all tables belong together."""
    return {column.name: _value(table.name, column.name, column.type) for column in table.columns}


PLAIN: dict[type, Any] = {
    Moment: datetime(2026, 11, 24, 12, tzinfo=UTC),
    Date: date(2026, 11, 24),
    Boolean: True,
    Integer: 30,
    Float: 0.5,
    LargeBinary: b"\x00\xff times",
}


def _value(table: str, column: str, kind: Any) -> Any:
    return PLAIN.get(type(kind), TEXTS.get((table, column), "x"))
