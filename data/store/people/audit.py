"""The audit log: who changed what, and who read whose plan; entries are never changed."""

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
    """One action: by whom, what (method and route), on what (ids), and its HTTP status."""

    at: datetime
    user: str
    role: str
    action: str
    subject: str
    outcome: int


@dataclass(frozen=True)
class NumberedRow:
    """A row with its number, used for paging."""

    number: int
    row: AuditRow


def audit_moment(own_doing_of_buddy: bool) -> datetime:
    """Return the current time, or midnight for a buddy's own actions: their exact times are not stored."""
    moment = now()
    return aware(minute_of(moment)[0], 0) if own_doing_of_buddy else moment


def keep_audit(c: Connection, rows: Sequence[AuditRow]) -> None:
    """Insert rows."""
    c.execute(insert(s.audit), [dict(row.__dict__) for row in rows])


def audit_before(c: Connection, limit: int, before: int | None = None) -> list[NumberedRow]:
    """Return rows before a number, the newest first."""
    asked = select(s.audit).order_by(s.audit.c.id.desc()).limit(limit)
    if before is not None:
        asked = asked.where(s.audit.c.id < before)
    return [_numbered(row) for row in c.execute(asked)]


def _numbered(row: Row[Any]) -> NumberedRow:
    return NumberedRow(row.id, AuditRow(*(getattr(row, name) for name in AuditRow.__dataclass_fields__)))
