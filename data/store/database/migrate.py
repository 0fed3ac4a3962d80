"""Migrate a store of any earlier version without data loss; concurrent starts take turns."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.database.store import Store
from data.store.tables.schema import FORMER, metadata

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

ADVISORY_LOCK = 0x6275646479
"""The key of PostgreSQL's advisory lock for migrations: `buddy` as bytes."""


class OtherDatabase(BuddyplanError):
    """The database was made by a later version, or by another program."""


def migrate(store: Store, to: str = "head") -> None:
    """Bring an empty or older database to a revision, completely or not at all.

    Raises `OtherDatabase` if a later version made it, or if it holds tables of another program.
    """
    with store.writing(shown=False) as c:
        keep_others_out(c)
        migrate_within(c, to)


def keep_others_out(c: Connection) -> None:
    """Wait for other migrations until the transaction ends; on SQLite every writer waits for it."""
    if c.dialect.name == "postgresql":
        c.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ADVISORY_LOCK})


def migrate_within(c: Connection, to: str = "head") -> None:
    """Do the same as `migrate`, within a writing transaction that excludes other writers."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    found, scripts = revision_of(c), _scripts()
    if found is None:
        foreign = (metadata.tables.keys() | FORMER) & {*inspect(c).get_table_names()}
        if foreign:
            raise OtherDatabase(message("foreign_table", table=min(foreign)))
    else:
        expect_known(found)

    def steps(revision: Any, context: Any) -> Iterable[Any]:
        return scripts._upgrade_revs(to, revision)

    with EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(connection=c, target_metadata=metadata)
        environment.run_migrations()


def revision_of(c: Connection) -> str | None:
    """Return the revision of a database, None if it is empty."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(c).get_current_revision()


def head_revision() -> str:
    """Return the revision that this program requires."""
    head = _scripts().get_current_head()
    assert head
    return head


def revisions() -> tuple[str, ...]:
    """Return all revisions, the oldest first."""
    return tuple(reversed([script.revision for script in _scripts().walk_revisions()]))


def expect_known(found: str) -> None:
    """Raise `OtherDatabase` for a revision of a later version."""
    known = revisions()
    if found not in known:
        raise OtherDatabase(message("other_revision", found=found, first=known[0], last=known[-1]))


def _scripts() -> "ScriptDirectory":
    from alembic.script import ScriptDirectory

    folder = Path(__file__).parent.parent / "migrations"
    return ScriptDirectory(folder, version_locations=[folder])
