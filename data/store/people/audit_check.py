"""Checks the audit log against its seals: whether any sealed row was changed, removed or slipped in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.people.audit_seals import chained, doings_hold, rows_of, seals, subjects_hold
from data.store.tables import schema as s


class AuditChanged(BuddyplanError):
    """The audit log is not what was sealed."""


@dataclass(frozen=True)
class AuditFound:
    """What holds: sealed `rows` until `day`, rows that retention `took`, and those still to be sealed.

    `erasures` counts seals whose subjects stand as an erasure left them; `seal` is the latest.
    """

    rows: int
    day: date | None
    took: int
    erasures: int
    unsealed: int
    seal: str


def check_audit(c: Connection, noted: str = "") -> AuditFound:
    """Check the whole log; raises `AuditChanged`, naming the first rows that are not as they were.

    A seal that was `noted` earlier has to be among them. Otherwise whoever can write to the store could
    change rows and make all seals anew.
    """
    made = seals(c)
    before, last = "", 0
    for seal in made:
        if seal.hash != chained(before, seal._asdict()):
            raise _changed("audit_seal_changed", seal)
        _expect_rows(seal, rows_of(c, last + 1, seal.last_row))
        before, last = seal.hash, seal.last_row
    kept = [seal for seal in made if not _taken(seal)]
    _expect_taken_before([seal for seal in made if _taken(seal)], kept)
    if noted and noted not in {seal.hash for seal in made}:
        raise AuditChanged(message("audit_seal_gone", seal=noted))
    newer = select(func.count()).select_from(s.audit).where(s.audit.c.id > last)
    return AuditFound(
        rows=sum(seal.row_count for seal in kept),
        day=made[-1].day if made else None,
        took=sum(seal.row_count for seal in made if _taken(seal)),
        erasures=sum(seal.erased_on is not None for seal in kept),
        unsealed=c.execute(newer).scalar() or 0,
        seal=before,
    )


def _expect_rows(seal: Row[Any], rows: Sequence[Row[Any]]) -> None:
    """Expect the rows of a seal, and none in the gap before it, which numbers of failed writes leave."""
    expected = 0 if _taken(seal) else seal.row_count
    if len(rows) < expected:
        raise _changed("audit_rows_missing", seal)
    if len(rows) > expected:
        raise _changed("audit_rows_added", seal)
    if expected and not (doings_hold(seal, rows) and subjects_hold(seal, rows)):
        raise _changed("audit_rows_changed", seal)


def _expect_taken_before(taken: Sequence[Row[Any]], kept: Sequence[Row[Any]]) -> None:
    """Retention takes all rows of the oldest days: any other rows that are said to be taken are missing."""
    first = min((seal.day for seal in kept), default=date.max)
    for seal in taken:
        if seal.day >= first:
            raise _changed("audit_rows_missing", seal)


def _taken(seal: Row[Any]) -> bool:
    return seal.doings_salt is None


def _changed(code: str, seal: Row[Any]) -> AuditChanged:
    return AuditChanged(message(code, first=seal.first_row, last=seal.last_row, day=seal.day))
