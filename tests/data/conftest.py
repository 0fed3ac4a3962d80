"""A store for each test, on each database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from data.store.database.store import Store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store with all tables."""
    opened = Store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def c(store: Store) -> Iterator[Connection]:
    """A writing transaction in an empty store."""
    with store.writing() as connection:
        yield connection
