"""All bytes that a database holds of a store: its files, and the content of its tables."""

from pathlib import Path

from sqlalchemy import select, text

from data.store.database.store import Store
from data.store.tables.schema import metadata


def everything(store: Store) -> bytes:
    """Return all bytes of the database's files, and the text of every row."""
    with store.reading() as c:
        rows = [repr(row) for table in metadata.sorted_tables for row in c.execute(select(table))]
        files = _files(Path(str(store.engine.url.database))) if store.on_sqlite else None
        if files is None:
            folder = c.execute(text("SHOW data_directory")).scalar()
            number = c.execute(
                text("SELECT oid FROM pg_database WHERE datname = current_database()")
            ).scalar()
            files = [path for path in Path(f"{folder}/base/{number}").iterdir() if path.is_file()]
    return b"".join((*(path.read_bytes() for path in files), *(row.encode() for row in rows)))


def sampled(store: Store) -> None:
    """Make PostgreSQL sample all rows for its statistics, as it does by itself from time to time."""
    _at_once(store, "ANALYZE")


def settled(store: Store) -> None:
    """Make PostgreSQL flush its memory to its files."""
    _at_once(store, "CHECKPOINT")


def _at_once(store: Store, statement: str) -> None:
    if not store.on_sqlite:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
            c.execute(text(statement))


def _files(database: Path) -> list[Path]:
    return sorted(database.parent.glob(f"{database.name}*"))
