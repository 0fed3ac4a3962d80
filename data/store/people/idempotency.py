"""Answers to requests with an `Idempotency-Key`, so that a repeated request is executed only once."""

import json
from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.base.dates import minute_of
from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.database.record import Conflict
from data.store.tables import schema as s
from data.store.tables.utc import now

UNDER_WAY = 0


class OtherRequest(BuddyplanError):
    """The key was used for another request."""

    kind: ClassVar[str] = "other_request"


@dataclass(frozen=True)
class Answer:
    """A stored answer: status, relevant headers, and text."""

    status: int
    text: str
    headers: dict[str, str] = field(default_factory=dict)


def reserve(c: Connection, user: str, key: str, request_hash: str) -> Answer | None:
    """Reserve a key for a request, or return the stored answer to the same request.

    Raises `OtherRequest` if the key belongs to another request, and `Conflict` if the same one is still
    running.
    """
    values = {"user": user, "key": key, "request_hash": request_hash, "status": UNDER_WAY}
    try:
        with c.begin_nested():
            day = minute_of(now())[0]
            c.execute(insert(s.idempotency).values(**values, headers="{}", answer="", day=day))
        return None
    except IntegrityError:
        pass
    row = c.execute(select(s.idempotency).where(_mine(user, key))).one()
    if row.request_hash != request_hash:
        raise OtherRequest(message("idempotency_key_used"))
    if row.status == UNDER_WAY:
        raise Conflict(message("same_request_under_way"))
    return Answer(row.status, row.answer, json.loads(row.headers))


def keep_answer(c: Connection, user: str, key: str, answer: Answer) -> None:
    """Store the answer under a reserved key."""
    values = {"status": answer.status, "answer": answer.text, "headers": json.dumps(answer.headers)}
    c.execute(update(s.idempotency).where(_mine(user, key)).values(**values))


def give_up(c: Connection, user: str, key: str) -> None:
    """Free the key of a failed request, so that it can be tried again."""
    c.execute(delete(s.idempotency).where(_mine(user, key)))


def give_up_all_under_way(c: Connection) -> None:
    """Free the keys of requests whose process died before it answered."""
    c.execute(delete(s.idempotency).where(s.idempotency.c.status == UNDER_WAY))


def _mine(user: str, key: str) -> ColumnElement[bool]:
    return (s.idempotency.c.user == user) & (s.idempotency.c.key == key)
