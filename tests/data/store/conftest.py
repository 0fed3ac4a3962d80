"""A store for each test, on each database."""

from collections.abc import Iterator

import pytest

from data.store.database import Store
from data.store.schema import metadata


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store with all tables."""
    opened = Store(database_url)
    metadata.create_all(opened.engine)
    yield opened
    opened.close()
