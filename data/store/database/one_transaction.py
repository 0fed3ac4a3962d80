"""Several writes that are one transaction: begun with the first of them, committed after the last.

A request is written about in several places, which do not know each other: its own rows, its audit row, the
answer that is kept under its key. Within `Store.one_transaction` they all join, wherever they are.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from sqlalchemy import Connection

from data.store.database.change_mark import renew_stamp


@dataclass
class OneTransaction:
    """What joined so far, and what is to happen once it is committed."""

    open: Callable[[], AbstractContextManager[Connection]]
    begun: Connection | None = None
    shown: bool = False
    parts: int = 0
    """How many parts have ended well."""
    on_begin: Callable[[Connection], None] | None = None
    """Called with the transaction that has just begun."""
    afterwards: list[Callable[[], None]] = field(default_factory=list)
    _held: ExitStack = field(default_factory=ExitStack)

    @contextmanager
    def part(self, shown: bool) -> Iterator[Connection]:
        """Join; where an exception passes through, only this part is undone."""
        if self.begun is None:
            self.begun = self._held.enter_context(self.open())
            if self.on_begin:
                self.on_begin(self.begun)
        with self.begun.begin_nested():
            yield self.begun
        self.shown |= shown
        self.parts += 1

    @contextmanager
    def whole(self) -> Iterator["OneTransaction"]:
        """Let the writes of this context join, and commit; where an exception passes through, undo all."""
        outer = joined.set(self)
        try:
            with self._held:
                yield self
                if self.begun is not None and self.shown:
                    renew_stamp(self.begun)
        finally:
            joined.reset(outer)
        for step in self.afterwards:
            step()


joined: ContextVar[OneTransaction | None] = ContextVar("joined", default=None)
"""The transaction that the writes of this context join, if any."""
