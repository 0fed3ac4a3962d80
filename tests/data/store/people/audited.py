"""Rows of the audit log over several days, for tests of its seals."""

from datetime import date, datetime

from sqlalchemy import Connection

from data.base.dates import aware
from data.store.people.audit import AuditRow, keep_audit

DAY = date(2025, 11, 24)


def row(at: datetime, subject: str = "week=2026-W48") -> AuditRow:
    return AuditRow(at, "u", "buddy", "GET /api/v1/me/weeks/{week}", subject, 200)


def enter_days(c: Connection, days: int = 3) -> None:
    """Enter the rows of days, each from midnight on, as those of buddies are, until the evening."""
    for number in range(days):
        day = date.fromordinal(DAY.toordinal() + number)
        keep_audit(c, [row(aware(day, minute), f"day={number} x={minute}") for minute in (0, 1, 1439)])
