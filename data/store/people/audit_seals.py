"""Seals of the audit log, so that a row that was changed, removed or slipped in is found.

A seal covers the next rows by number, of one local day: a hash of what was done, one of the subjects, and a
hash over both and the seal before. `data.store.people.audit_check` recomputes all of that. Erasure changes
subjects and nothing else; retention takes whole days. Both are recorded in the seal, and take the salt of
what they remove with them, so that the hash which stays tells nothing to those who guess.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, text, update

from data.base.dates import aware, minute_of
from data.store.database.store import Store
from data.store.people.audit import AuditRow, audit_moment, keep_audit
from data.store.tables import schema as s

MOST_ROWS = 1000
"""So many rows a seal covers at most; all writers wait while it is made."""
CHAINED = ("first_row", "last_row", "row_count", "day", "doings", "subjects")
BY_RETENTION = "retention"


def seal_audit(store: Store) -> None:
    """Seal all rows that have none yet, in short transactions; several processes take turns."""
    begun = True
    while begun:
        with store.writing(shown=False) as c:
            begun = _seal_next(c)


def redact(c: Connection, subjects: Mapping[int, str], on: date) -> None:
    """Replace the subjects of rows, by number, for an erasure, and record that in their seals.

    A seal that did not hold before is left as it is, so that an erasure covers nothing up.
    """
    _one_at_a_time(c)
    concerned = [seal for seal in seals(c) if any(seal.first_row <= key <= seal.last_row for key in subjects)]
    held = [seal for seal in concerned if subjects_hold(seal, rows_of(c, seal.first_row, seal.last_row))]
    for key, left in subjects.items():
        c.execute(update(s.audit).where(s.audit.c.id == key).values(subject=left))
    for seal in held:
        salt = secrets.token_hex(16)
        after = hashed_subjects(salt, rows_of(c, seal.first_row, seal.last_row))
        values = {"subjects_salt": salt, "subjects_left": after, "erased_on": on}
        c.execute(update(s.audit_seal).where(s.audit_seal.c.id == seal.id).values(values))


def take_before(c: Connection, limit: date) -> int:
    """Delete the rows of all days before a day for retention, and return how many; their seals stay.

    That leaves a row of its own. So there is always a later one, and no number is given twice.
    """
    while _seal_next(c):
        pass
    old = s.audit.c.at < aware(limit, 0)
    last = c.execute(select(func.max(s.audit.c.id)).where(old)).scalar()
    if last is None:
        return 0
    keep_audit(c, [AuditRow(audit_moment(False), BY_RETENTION, "", "retention", f"before={limit}", 200)])
    taken = update(s.audit_seal).where(s.audit_seal.c.day < limit)
    c.execute(taken.values(doings_salt=None, subjects_salt=None))
    return c.execute(delete(s.audit).where(old, s.audit.c.id <= last)).rowcount


def seals(c: Connection) -> Sequence[Row[Any]]:
    """Return all seals, the oldest first."""
    return c.execute(select(s.audit_seal).order_by(s.audit_seal.c.id)).all()


def rows_of(c: Connection, first: int, last: int) -> Sequence[Row[Any]]:
    """Return the rows with numbers from `first` to `last`, in their order."""
    return c.execute(select(s.audit).where(s.audit.c.id.between(first, last)).order_by(s.audit.c.id)).all()


def doings_hold(seal: Row[Any], rows: Sequence[Row[Any]]) -> bool:
    """Whether who did what, when, and how it ended, are as they were sealed."""
    sealed: str = seal.doings
    return sealed == _hashed_doings(seal.doings_salt, rows)


def subjects_hold(seal: Row[Any], rows: Sequence[Row[Any]]) -> bool:
    """Whether the subjects are as they were sealed, or as the latest erasure left them."""
    expected: str = seal.subjects_left or seal.subjects
    return expected == hashed_subjects(seal.subjects_salt, rows)


def chained(before: str, seal: Mapping[str, Any]) -> str:
    """Return the hash of a seal that follows one with the hash `before`, which is empty for the first."""
    return _hashed([before, *(str(seal[name]) for name in CHAINED)])


def hashed_subjects(salt: str, rows: Iterable[Row[Any]]) -> str:
    """Return the hash of the rows' subjects."""
    return _hashed([salt, *([row.id, row.subject] for row in rows)])


def _hashed_doings(salt: str, rows: Iterable[Row[Any]]) -> str:
    told = ([row.id, row.at.isoformat(), row.user, row.role, row.action, row.outcome] for row in rows)
    return _hashed([salt, *told])


def _hashed(values: list[Any]) -> str:
    return hashlib.sha256(json.dumps(values, separators=(",", ":")).encode()).hexdigest()


def _seal_next(c: Connection) -> bool:
    """Make the next seal; False: every row has one."""
    _one_at_a_time(c)
    if c.dialect.name == "postgresql":
        # Numbers are given before rows are committed: none below the last one may be still to come.
        c.execute(text("LOCK TABLE audit IN SHARE MODE"))
    latest = c.execute(select(s.audit_seal).order_by(s.audit_seal.c.id.desc()).limit(1)).first()
    after, before = (latest.last_row, latest.hash) if latest else (0, "")
    asked = select(s.audit).where(s.audit.c.id > after).order_by(s.audit.c.id).limit(MOST_ROWS)
    found = c.execute(asked).all()
    if not found:
        return False
    day = minute_of(found[0].at)[0]
    c.execute(insert(s.audit_seal).values(_seal(before, day, list(takewhile(_of_day(day), found)))))
    return True


def _of_day(day: date) -> Callable[[Row[Any]], bool]:
    return lambda row: minute_of(row.at)[0] == day


def _seal(before: str, day: date, rows: Sequence[Row[Any]]) -> dict[str, Any]:
    salts = {"doings_salt": secrets.token_hex(16), "subjects_salt": secrets.token_hex(16)}
    made = {
        "first_row": rows[0].id,
        "last_row": rows[-1].id,
        "row_count": len(rows),
        "day": day,
        "doings": _hashed_doings(salts["doings_salt"], rows),
        "subjects": hashed_subjects(salts["subjects_salt"], rows),
    }
    return made | salts | {"hash": chained(before, made)}


def _one_at_a_time(c: Connection) -> None:
    """Wait for others who seal, erase or take rows; on SQLite every writer waits for every other."""
    if c.dialect.name == "postgresql":
        c.execute(text("LOCK TABLE audit_seal IN EXCLUSIVE MODE"))
