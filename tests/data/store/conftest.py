"""A store for each test, on each database."""

from collections.abc import Iterator

import pytest

from data.store.database import Store
from data.store.migrate import migrate


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store with all tables."""
    opened = Store(database_url)
    migrate(opened)
    yield opened
    opened.close()
