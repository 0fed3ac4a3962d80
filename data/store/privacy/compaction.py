"""Remove erased data from disk: free pages, write-ahead log and dead rows no longer hold it."""

import sqlite3
import time

from sqlalchemy import Connection, text

from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.database import store as database
from data.store.database.store import Store
from data.store.tables import schema as s

REWRITTEN = (
    s.identity,
    s.user,
    s.session,
    s.token,
    s.recovery_code,
    s.invitation,
    s.idempotency,
    s.pair_rule,
    s.scenario,
    s.job,
    s.audit,
    s.change_set,
    s.register_row,
    s.register_text_change,
    s.audit_seal,
    s.remembered,
)
"""The tables from which an erasure removes something."""

OLDER_READERS = text("""
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND age(backend_xmin) >= age(CAST(:now AS xid))
""")


class StillRead(BuddyplanError):
    """A reader still uses an old snapshot of the store, so the erased bytes cannot be removed yet."""


def compact(store: Store) -> None:
    """Rewrite tables with traces of erased rows; wait for readers, and raise `StillRead` if one remains.

    PostgreSQL's own write-ahead log and its archives are out of reach: docs/backup-and-erasure.md.
    """
    if store.on_sqlite:
        _compact_file(store)
        return
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
        # A reader with an old snapshot keeps dead rows alive, even when their table is rewritten.
        _await_readers(c)
        for table in REWRITTEN:
            c.execute(text(f'VACUUM FULL "{table.name}"'))
        # Old files are emptied at once and unlinked at the next checkpoint; only a superuser may request one.
        if c.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar():
            c.execute(text("CHECKPOINT"))


def _await_readers(c: Connection) -> None:
    now = c.execute(text("SELECT CAST(pg_current_xact_id() AS xid)")).scalar()
    give_up = time.monotonic() + database.WAIT_MS / 1000
    while c.execute(OLDER_READERS, {"now": str(now)}).scalar():
        if time.monotonic() > give_up:
            raise _still_read()
        time.sleep(0.05)


def _compact_file(store: Store) -> None:
    # Neither statement may run within a transaction.
    connection = store.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.close()
    except sqlite3.OperationalError as error:
        raise _still_read() from error
    finally:
        connection.close()
    if busy:
        raise _still_read()


def _still_read() -> StillRead:
    return StillRead(message("store_in_use"))
