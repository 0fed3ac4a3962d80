"""Who wrote what, and who read whose plan; a row once entered is never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from data.base.dates import aware, minute_of
from data.store.tables import schema as s
from data.store.tables.utc import now


@dataclass(frozen=True)
class AuditRow:
    """One doing: by whom, what (method and route), on what (ids), and the HTTP status it ended in."""

    at: datetime
    user: str
    role: str
    action: str
    subject: str
    outcome: int


@dataclass(frozen=True)
class NumberedRow:
    """A row with its number, by which pages go."""

    number: int
    row: AuditRow


def audit_moment(own_doing_of_buddy: bool) -> datetime:
    """Return now, or of a buddy's own doing midnight of the day: no tap time is kept."""
    moment = now()
    return aware(minute_of(moment)[0], 0) if own_doing_of_buddy else moment


def keep_audit(c: Connection, rows: Sequence[AuditRow]) -> None:
    """Enter rows."""
    c.execute(insert(s.audit), [dict(row.__dict__) for row in rows])


def audit_before(c: Connection, limit: int, before: int | None = None) -> list[NumberedRow]:
    """Return rows, the newest first, those before a number."""
    asked = select(s.audit).order_by(s.audit.c.id.desc()).limit(limit)
    if before is not None:
        asked = asked.where(s.audit.c.id < before)
    return [_numbered(row) for row in c.execute(asked)]


def _numbered(row: Row[Any]) -> NumberedRow:
    return NumberedRow(row.id, AuditRow(*(getattr(row, name) for name in AuditRow.__dataclass_fields__)))
