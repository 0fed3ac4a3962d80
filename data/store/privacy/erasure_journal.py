"""Journals of erasures beside the database and beside its backups, ids only.

What is restored may be older than an erasure, on a host that never saw the database; so the erasures are in
files too, and a restore repeats all that any of them or the database knows.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, inspect, select

from data.base.errors import BuddyplanError
from data.base.foreign_errors import why_unopened
from data.base.message import message
from data.store.database.store import Store
from data.store.privacy.compaction import compact
from data.store.privacy.erasure import Erased, erase_contact, erase_person
from data.store.tables import schema as s
from data.store.work.programmes import programme_ids

FILE = "erasures.jsonl"
"""The name of such a file: in the data folder, and in a folder of backups."""


class NotNoted(BuddyplanError):
    """A journal cannot be written, so nobody is erased."""


@dataclass(frozen=True, order=True)
class ErasureEntry:
    """Who was erased, how much, when, and by whose request."""

    programme: str
    id: str
    what: str
    erased_on: str
    by_user: str


def recorded_erasures(c: Connection) -> tuple[ErasureEntry, ...]:
    """Return the erasures recorded in the store, by programme and id; its first version named no user."""
    there = {column["name"] for column in inspect(c).get_columns(s.erasure.name)}
    rows = c.execute(
        select(*(s.erasure.c[name] for name in ErasureEntry.__dataclass_fields__ if name in there))
    )
    held = [{"by_user": "", **row._mapping, "erased_on": row.erased_on.isoformat()} for row in rows]
    return tuple(sorted(ErasureEntry(**values) for values in held))


def note_erasures(c: Connection, *journals: Path, begin: bool = False) -> None:
    """Append to each journal the erasures that it does not have yet; `begin` makes one even of none.

    Call this before the transaction commits: a surplus entry in the journal only repeats an erasure, but a
    missing one would bring somebody back. Raises `NotNoted`.
    """
    recorded = recorded_erasures(c)
    for journal in journals:
        known = {(one.programme, one.id, one.what) for one in read_journal(journal)}
        new = [one for one in recorded if (one.programme, one.id, one.what) not in known]
        if new or (begin and not journal.exists()):
            try:
                _append(journal, new)
            except OSError as error:
                raise NotNoted(
                    message("journal_unwritten", journal=journal, why=why_unopened(error))
                ) from None


def _append(journal: Path, new: list[ErasureEntry]) -> None:
    journal.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(journal, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        # What a power cut left of a last line is dropped, or the next entry would be torn with it.
        file.seek(file.read().rfind(b"\n") + 1)
        file.truncate()
        file.writelines(f"{json.dumps(asdict(one))}\n".encode() for one in new)
        file.flush()
        os.fsync(file.fileno())


def read_journal(journal: Path) -> tuple[ErasureEntry, ...]:
    """Return the entries of the journal, none if there is no file yet.

    A truncated last line is ignored, since its transaction did not commit either. Raises `BuddyplanError` for
    any other invalid line.
    """
    if not journal.exists():
        return ()
    *whole, _ = journal.read_bytes().split(b"\n")  # a cut may lie within a letter
    found = []
    for number, line in enumerate(whole, 1):
        try:
            found.append(ErasureEntry(**json.loads(line)))
        except (ValueError, TypeError):
            raise BuddyplanError(message("journal_broken", journal=journal, number=number)) from None
    return tuple(found)


def replay_erasures(c: Connection, entries: Iterable[ErasureEntry]) -> int:
    """Erase again in a possibly older store; return how many entries concern its programmes."""
    known, count = set(programme_ids(c)), 0
    for one in entries:
        if one.programme in known:
            erase = erase_person if one.what == Erased.PERSON else erase_contact
            erase(c, one.programme, one.id, one.by_user, date.fromisoformat(one.erased_on))
            count += 1
    return count


def catch_up(store: Store, *journals: Path) -> int:
    """Repeat erasures that a journal has but the store does not, after older files were put in its place.

    Returns their number; writes nothing if there are none. Raises as `data.store.privacy.compaction.compact`
    does.
    """
    with store.reading() as c:
        if not _missing(c, journals):
            return 0
    with store.writing() as c:
        count = replay_erasures(c, _missing(c, journals))
    compact(store)
    return count


def _missing(c: Connection, journals: Iterable[Path]) -> list[ErasureEntry]:
    known = {(one.programme, one.id, one.what) for one in recorded_erasures(c)}
    here = set(programme_ids(c))
    return [
        one
        for journal in journals
        for one in read_journal(journal)
        if one.programme in here and (one.programme, one.id, one.what) not in known
    ]
