"""The database behind the store: one SQLite file or PostgreSQL, with short transactions on either."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from data.store.database.change_mark import renew_stamp
from data.store.database.one_transaction import OneTransaction, joined

# How long a writer waits for another one; nobody holds the database for more than a moment.
WAIT_MS = 30_000

MOST_CONNECTIONS = 45
"""As many as the page server has threads, plus a few for its own; connections are opened on demand."""


IMPATIENT = {"connect_timeout": 3, "tcp_user_timeout": 4000}
"""Seconds and milliseconds after which PostgreSQL counts as gone."""


class Store:
    """One database by its URL, such as `sqlite:////var/lib/buddyplan/buddyplan.db`.

    A PostgreSQL URL may be plain (`postgresql://…`); psycopg 3 is the driver.
    """

    def __init__(self, url: str) -> None:
        self.url = _with_driver(url)
        self.engine = _engine(self.url)

    @property
    def on_sqlite(self) -> bool:
        """Whether the store is one SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one snapshot of the store from its first query on.

        Within `one_transaction`, once that has begun, it sees what was written there.
        """
        whole = joined.get()
        if whole is not None and whole.begun is not None:
            yield whole.begun
            return
        with self._open({} if self.on_sqlite else {"isolation_level": "REPEATABLE READ"}) as connection:
            yield connection

    @contextmanager
    def writing(self, shown: bool = True) -> Iterator[Connection]:
        """Open a writing transaction: it commits completely, or rolls back if an exception passes through.

        On SQLite it waits here for other writers, so that it never has to abort half-way. Set `shown` to
        False for changes that appear in no cached answer (`data.store.database.change_mark`): audit, jobs,
        sign-in attempts. Within `one_transaction` it is a part of that.
        """
        whole = joined.get()
        if whole is not None:
            with whole.part(shown) as connection:
                yield connection
            return
        with self._open({"writes": True}) as connection:
            yield connection
            if shown:
                renew_stamp(connection)

    def one_transaction(self) -> AbstractContextManager[OneTransaction]:
        """Make one transaction of all that is written within, begun with the first write."""
        return OneTransaction(lambda: self._open({"writes": True})).whole()

    def once_committed(self, step: Callable[[], None]) -> None:
        """Do something outside the store now or, within `one_transaction`, once that is committed."""
        whole = joined.get()
        if whole is None:
            step()
        else:
            whole.afterwards.append(step)

    @contextmanager
    def _open(self, options: dict[str, Any]) -> Iterator[Connection]:
        with self.engine.connect() as connection, connection.execution_options(**options).begin():
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def sqlite_url(file: Path) -> str:
    """Return the URL of a SQLite file."""
    return f"sqlite:///{file.absolute()}"


def _with_driver(url: str) -> str:
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def _engine(url: str) -> Engine:
    # What is stored stays out of errors, which are logged and shown.
    options: dict[str, Any] = {"pool_size": MOST_CONNECTIONS, "max_overflow": 0, "hide_parameters": True}
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, connect_args=IMPATIENT, **options)
    # Opening the file and reading its schema costs more than most queries, so connections are pooled.
    engine = create_engine(url, **options)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        # Transactions start at `begin` below, not where the driver believes it sees a write.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={WAIT_MS}",
            # Deleted content is overwritten, not only marked as free.
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
