"""A cache of what was made from the store, valid until anything in the store changes."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Connection

from api.service.lru import LruCache
from data.store.database.change_mark import stamp

Made = TypeVar("Made")


class CachedUntilChanged:
    """The most recently used entries, each with the store's change mark at the time it was made.

    `data.store.database.change_mark` renews that mark with every change.

    Most requests ask for what has not changed: a phone that polls, a calendar that subscribes.
    """

    def __init__(self, most: int = 2000) -> None:
        self._kept = LruCache[Hashable, tuple[str, Any]](most)

    def of(self, c: Connection, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return the value of a key, made anew if anything changed; an error is not cached."""
        mark = stamp(c)
        held = self._kept.get(key)
        if held is not None and held[0] == mark:
            found: Made = held[1]
            return found
        made = make()
        self._kept.put(key, (mark, made))
        return made
