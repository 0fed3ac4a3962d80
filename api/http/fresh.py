"""What was made from the store, kept for as long as nothing in the store changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

from data.store.stamp import stamp

Made = TypeVar("Made")


class Fresh:
    """The latest things that were made, each under the mark that the store had then; see `data.store.stamp`.

    Most requests ask for what has not changed: a phone that looks again, a calendar that subscribes.
    """

    def __init__(self, most: int = 2000) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[str, Any]] = OrderedDict()
        self._lock = Lock()

    def of(self, c: Connection, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what stands under a key, made anew if anything changed; what raises is not kept."""
        mark = stamp(c)
        held = self._held(mark, key)
        if held is not None:
            found: Made = held[0]
            return found
        made = make()
        with self._lock:
            self._kept[key] = (mark, made)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def kept(self, c: Connection, key: Hashable) -> tuple[Any] | None:
        """Return what stands under a key as the one entry of a tuple, None where it is to be made anew."""
        return self._held(stamp(c), key)

    def _held(self, mark: str, key: Hashable) -> tuple[Any] | None:
        with self._lock:
            held = self._kept.get(key)
        return (held[1],) if held is not None and held[0] == mark else None
