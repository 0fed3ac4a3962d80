"""After an erasure the bytes go as well: no free page, no write-ahead log and no dead row keeps them."""

from sqlalchemy import text

from data.errors import BuddyplanError
from data.store import schema as s
from data.store.database import Store

REWRITTEN = (s.identity, s.user, s.session, s.token, s.idempotency, s.pair_rule, s.scenario, s.job, s.audit)
"""The tables out of which an erasure takes something."""


class StillRead(BuddyplanError):
    """Somebody reads an old state of the store, so its bytes cannot go yet."""


def compact(store: Store) -> None:
    """Rewrite what holds traces of erased rows. Waits for readers; raises `StillRead` where one stays.

    PostgreSQL's own write-ahead log and archives of it are beyond reach: docs/backup-and-erasure.md.
    """
    if store.on_sqlite:
        _compact_file(store)
        return
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
        for table in REWRITTEN:
            c.execute(text(f'VACUUM FULL "{table.name}"'))
        # Old files are emptied at once and unlinked at the next checkpoint, which not everybody may ask for.
        if c.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar():
            c.execute(text("CHECKPOINT"))


def _compact_file(store: Store) -> None:
    # No transaction: neither statement may stand in one.
    connection = store.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.close()
    finally:
        connection.close()
    if busy:
        raise StillRead(
            "the store is being read; what was erased lies in its write-ahead log until you try again"
        )
