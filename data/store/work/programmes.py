"""Programmes and their identities: names, addresses and contacts by id."""

from collections.abc import Iterable

from sqlalchemy import Connection, Row, delete, insert, select

from data.base.message import message
from data.model.identity import Identities, Identity
from data.model.programme import Programme
from data.store.database.record import Conflict, NotThere, insert_unless_there
from data.store.tables import schema as s
from data.store.tables.utc import now

CONTACT = ("contact_name", "contact_phone", "contact_email")
"""The fields of an identity that are about a company's contact person."""


def keep_programme(c: Connection, programme: Programme, identities: Identities) -> None:
    """Store a programme, or update it; identities that are no longer named stay.

    Erased identities stay erased, even if a file still names them.
    """
    row = {"state": programme.state, "invented": identities.invented, "created_at": now()}
    insert_unless_there(c, s.programme, {"id": programme.id, **row})
    people = _without_erased(c, programme.id, identities.people)
    theirs = s.identity.c.programme == programme.id
    for person in people:
        c.execute(delete(s.identity).where(theirs, s.identity.c.id == person.id))
    if people:
        c.execute(insert(s.identity), [{"programme": programme.id, **one.model_dump()} for one in people])


def begin_programme(c: Connection, key: str, state: str, reference: str, invented: bool) -> None:
    """Store a programme without rows, with the reference data by which they will be looked up.

    Raises `Conflict` if there is one of this id.
    """
    row = {"id": key, "state": state, "invented": invented, "created_at": now(), "reference": reference}
    if not insert_unless_there(c, s.programme, row):
        raise Conflict(message("programme_there", programme=key))


def programme_ids(c: Connection) -> tuple[str, ...]:
    """Return the ids of all programmes, sorted."""
    return tuple(c.execute(select(s.programme.c.id).order_by(s.programme.c.id)).scalars())


def known_programme(c: Connection, programme: str) -> Row[tuple[object, ...]]:
    """Return the row of a programme; raises `NotThere`."""
    row = c.execute(select(s.programme).where(s.programme.c.id == programme)).first()
    if row is None:
        raise NotThere(message("no_programme", programme=programme))
    return row


def lock_programme(c: Connection, programme: str) -> None:
    """Wait for other writers of what exists once per programme; on SQLite the transaction already does."""
    c.execute(select(s.programme.c.id).where(s.programme.c.id == programme).with_for_update())


def identities_of(c: Connection, programme: str) -> Identities:
    """Return the identities of a programme; raises `NotThere`."""
    invented = bool(known_programme(c, programme).invented)
    columns = [s.identity.c[name] for name in Identity.model_fields]
    rows = c.execute(select(*columns).where(s.identity.c.programme == programme).order_by(s.identity.c.id))
    return Identities(people=tuple(Identity(**row._mapping) for row in rows), invented=invented)


def _without_erased(c: Connection, programme: str, people: Iterable[Identity]) -> list[Identity]:
    rows = c.execute(select(s.erasure.c.id, s.erasure.c.what).where(s.erasure.c.programme == programme))
    erased = {(row.id, row.what) for row in rows}
    kept = []
    for one in people:
        if (one.id, "person") in erased:
            continue
        no_contact = (one.id, "contact") in erased
        kept.append(one.replace(**dict.fromkeys(CONTACT, "")) if no_contact else one)
    return kept
