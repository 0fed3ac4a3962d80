"""A request that writes, as its transaction knows it: its audit row, and the key it is answered under."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from api.http.frame.errors import Replayed
from data.store.database.store import Store
from data.store.people.audit import AuditRow, keep_audit
from data.store.people.idempotency import Answer, answer_kept, give_up, keep_answer, reserve

KEPT_HEADERS = ("content-type", "location", "etag")


@dataclass(frozen=True)
class Key:
    """The `Idempotency-Key` of a user's request, and the hash of the request."""

    user: str
    text: str
    request_hash: str


@dataclass
class Write:
    """A request; `row` makes its audit row once its status is known, None if it needs none."""

    store: Store
    row: Callable[[int], AuditRow | None]
    key: Key | None = None
    audited: bool = False

    def expect_new(self, key: Key) -> None:
        """Take a key for this request; raises `Replayed` if the request was answered under it before.

        Nothing is reserved yet: that is part of the transaction that writes, and so goes with it.
        """
        with self.store.reading() as c:
            answer = answer_kept(c, key.user, key.text, key.request_hash)
        if answer is not None:
            raise self._replayed(answer)
        self.key = key

    def reserve(self, c: Connection) -> None:
        """Reserve the key, if there is one, as the first act of the transaction.

        The same request in another thread or process waits here until this transaction has ended.
        """
        if self.key is None:
            return
        answer = reserve(c, self.key.user, self.key.text, self.key.request_hash)
        if answer is not None:
            raise self._replayed(answer)

    def _replayed(self, answer: Answer) -> Replayed:
        self.audited = True  # with the answer that is repeated
        return Replayed(answer)

    def settle(self, c: Connection, status: int, answer: Response | None) -> None:
        """Store the audit row, and the answer under the key; without an answer the key is free again."""
        row = self.row(status)
        if row is not None:
            keep_audit(c, [row])
        if self.key is not None and answer is None:
            give_up(c, self.key.user, self.key.text)
        elif self.key is not None and answer is not None:
            headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
            kept = Answer(status, bytes(answer.body).decode(), headers)
            keep_answer(c, self.key.user, self.key.text, kept)


current: ContextVar[Write | None] = ContextVar("current", default=None)
"""The request that this context serves."""


def write_of(state: Any) -> Write:
    """Return the write of a request by its state."""
    found: Write = state.write
    return found
