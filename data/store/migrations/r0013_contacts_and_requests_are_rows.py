"""Contacts and requests become rows of the register: they leave their tables."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from alembic import op
from sqlalchemy import Date, Row, column, insert, select, table

from data.store.tables.utc import Moment

revision = "0013"
down_revision = "0012"

NOT_ENTERED = 0
"""The version of a row that `data.register.moved_rows` has yet to enter."""
CONTACT = (
    "company", "date", "buddy", "mode", "minutes", "outcome", "specialists_met", "travel_min", "distance_m",
)  # fmt: skip
REQUEST = ("company", "kind", "raised", "due", "minutes", "state")
BY = "migration"


def upgrade() -> None:
    """Move all rows, under their ids; `data.register.moved_rows` enters them when the service starts.

    Nothing tells when a contact was reported, so its row has the day of the visit.
    """
    c = op.get_bind()
    moment = column("changed_at", Moment)
    names = ("programme", "entity", "id", "position", "data", "texts", "version", "changed_by")
    register_row = table("register_row", *map(column, names), moment)
    rows = [*_contacts(), *_requests()]
    if rows:
        c.execute(insert(register_row), rows)
    op.drop_table("contact")
    op.drop_table("request")


def _contacts() -> Iterator[dict[str, Any]]:
    for row in _all("contact", ("id", "programme", "visit", *CONTACT), ("date",)):
        values = {name: getattr(row, name) for name in CONTACT} | {"planned_visit": row.visit}
        yield _row(row, "history", values, row.date, BY)


def _requests() -> Iterator[dict[str, Any]]:
    for row in _all("request", ("id", "programme", "by_user", *REQUEST), ("raised", "due")):
        values = {name: getattr(row, name) for name in REQUEST} | {"id": row.id}
        yield _row(row, "requests", values, row.raised, row.by_user)


def _all(name: str, columns: tuple[str, ...], days: tuple[str, ...]) -> list[Row[Any]]:
    held = table(name, *(column(each, Date) if each in days else column(each) for each in columns))
    return list(op.get_bind().execute(select(held).order_by(held.c.programme, held.c.id)))


def _row(row: Row[Any], entity: str, values: Mapping[str, Any], day: date, by: str) -> dict[str, Any]:
    texts = {name: str(value) for name, value in values.items() if value not in ("", None)}
    return {
        "programme": row.programme,
        "entity": entity,
        "id": row.id,
        "position": 0,
        "data": json.dumps(texts, ensure_ascii=False, sort_keys=True),
        "texts": "{}",
        "version": NOT_ENTERED,
        "changed_at": datetime.combine(day, time(), UTC),
        "changed_by": by,
    }
