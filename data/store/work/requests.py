"""Requests raised in the service: a contact due at a company, and its state."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, insert, select, update

from data.base.message import message
from data.model.problem import Request
from data.model.vocabulary import RequestKind, RequestState
from data.store.database.record import Conflict, NotThere, new_id
from data.store.tables import schema as s


@dataclass(frozen=True)
class StoredRequest:
    """A request and who raised it; `version` increases with every change."""

    programme: str
    request: Request
    by_user: str
    version: int


def raise_request(
    c: Connection,
    programme: str,
    company: str,
    kind: RequestKind,
    raised: date,
    due: date,
    minutes: int,
    by_user: str,
) -> StoredRequest:
    """Store an open request; raises `pydantic.ValidationError` for minutes outside 1 to 600."""
    request = Request(id=new_id(), company=company, kind=kind, raised=raised, due=due, minutes=minutes)
    row = request.model_dump()
    c.execute(insert(s.request).values(programme=programme, by_user=by_user, version=1, **row))
    return request_of(c, request.id)


def request_of(c: Connection, key: str) -> StoredRequest:
    """Return a request by its id; raises `NotThere`."""
    row = c.execute(select(s.request).where(s.request.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_request", request=key))
    return _stored(row)


def requests_of(
    c: Connection, programme: str, state: RequestState | None = None
) -> tuple[StoredRequest, ...]:
    """Return the requests of a programme, in one state or in any, the earliest due first."""
    own = s.request.c
    chosen = select(s.request).where(own.programme == programme)
    if state is not None:
        chosen = chosen.where(own.state == state)
    return tuple(map(_stored, c.execute(chosen.order_by(own.due, own.id))))


def change_request(c: Connection, key: str, state: RequestState, version: int) -> StoredRequest:
    """Change the state of a request.

    Raises `NotThere`, and `Conflict` if it has changed since the expected version.
    """
    seen = (s.request.c.id == key) & (s.request.c.version == version)
    done = c.execute(update(s.request).where(seen).values(state=state, version=version + 1))
    now = request_of(c, key)
    if done.rowcount == 0:
        raise Conflict(message("request_version", found=now.version, sent=version))
    return now


def _stored(row: Row[tuple[object, ...]]) -> StoredRequest:
    values = {**row._mapping, "kind": RequestKind(row.kind), "state": RequestState(row.state)}
    request = Request(**{name: values[name] for name in Request.model_fields})
    return StoredRequest(row.programme, request, row.by_user, row.version)
