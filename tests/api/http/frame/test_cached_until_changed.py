"""A cached value is returned only while nothing has changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.http.frame.cached_until_changed import CachedUntilChanged
from data.store.database.migrate import migrate
from data.store.database.store import Store


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    opened = Store(database_url)
    migrate(opened)
    with opened.writing():
        pass
    yield opened
    opened.close()


class Counted:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def asked(store: Store, fresh: CachedUntilChanged, make: Counted, key: str = "k") -> int:
    with store.reading() as c:
        return fresh.of(c, key, make)


def test_it_is_made_once_until_something_changes(store: Store) -> None:
    fresh, make = CachedUntilChanged(), Counted()
    assert [asked(store, fresh, make) for _ in range(3)] == [1, 1, 1]
    with store.writing(shown=False):
        pass
    assert asked(store, fresh, make) == 1
    with store.writing():
        pass
    assert [asked(store, fresh, make) for _ in range(2)] == [2, 2]


def test_the_oldest_goes_where_there_are_too_many(store: Store) -> None:
    fresh, make = CachedUntilChanged(most=2), Counted()
    for key in "abc":
        asked(store, fresh, make, key)
    assert asked(store, fresh, make, "c") == 3
    assert asked(store, fresh, make, "a") == 4


def test_what_raises_is_not_kept(store: Store) -> None:
    fresh = CachedUntilChanged()

    def fails() -> int:
        raise KeyError

    with pytest.raises(KeyError), store.reading() as c:
        fresh.of(c, "k", fails)
    assert asked(store, fresh, Counted()) == 1
