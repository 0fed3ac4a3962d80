"""Answers to requests with an `Idempotency-Key`, so that a repeated request is executed only once."""

import json
from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.base.dates import minute_of
from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.tables import schema as s
from data.store.tables.utc import now

UNANSWERED = 0


class OtherRequest(BuddyplanError):
    """The key was used for another request."""

    kind: ClassVar[str] = "other_request"


@dataclass(frozen=True)
class Answer:
    """A stored answer: status, relevant headers, and text."""

    status: int
    text: str
    headers: dict[str, str] = field(default_factory=dict)


def answer_kept(c: Connection, user: str, key: str, request_hash: str) -> Answer | None:
    """Return the stored answer to a request, None if there is none; raises `OtherRequest`."""
    row = c.execute(select(s.idempotency).where(_mine(user, key))).first()
    if row is None:
        return None
    if row.request_hash != request_hash:
        raise OtherRequest(message("idempotency_key_used"))
    return Answer(row.status, row.answer, json.loads(row.headers))


def reserve(c: Connection, user: str, key: str, request_hash: str) -> Answer | None:
    """Reserve a key in the transaction that answers the request, or return the answer stored meanwhile.

    While another transaction holds the key, this one waits until it has ended: nobody ever sees a key without
    its answer, and a key whose process died is free, as all that it had begun to write is gone. Raises
    `OtherRequest`.
    """
    values = {"user": user, "key": key, "request_hash": request_hash, "status": UNANSWERED}
    try:
        with c.begin_nested():
            day = minute_of(now())[0]
            c.execute(insert(s.idempotency).values(**values, headers="{}", answer="", day=day))
        return None
    except IntegrityError:
        return answer_kept(c, user, key, request_hash)


def keep_answer(c: Connection, user: str, key: str, answer: Answer) -> None:
    """Store the answer under a reserved key."""
    values = {"status": answer.status, "answer": answer.text, "headers": json.dumps(answer.headers)}
    c.execute(update(s.idempotency).where(_mine(user, key)).values(**values))


def give_up(c: Connection, user: str, key: str) -> None:
    """Free the key of a request that was refused, so that it can be tried again."""
    c.execute(delete(s.idempotency).where(_mine(user, key)))


def _mine(user: str, key: str) -> ColumnElement[bool]:
    return (s.idempotency.c.user == user) & (s.idempotency.c.key == key)
