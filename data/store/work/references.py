"""The reference data that problems were read with: immutable, stored once for each content."""

from sqlalchemy import Connection, select

from data.base.message import message
from data.reference.reference import Reference
from data.store.database.record import NotThere, insert_unless_there
from data.store.tables import schema as s
from data.store.tables.utc import now


def keep_reference(c: Connection, reference: Reference) -> str:
    """Store reference data unless they exist; return their hash."""
    known = select(s.reference.c.hash).where(s.reference.c.hash == reference.hash)
    if c.execute(known).first() is None:
        values = {"hash": reference.hash, "body": reference.model_dump_json(), "created_at": now()}
        insert_unless_there(c, s.reference, values)
    return reference.hash


def reference_of(c: Connection, key: str) -> Reference:
    """Return reference data by their hash; raises `NotThere`."""
    body = c.execute(select(s.reference.c.body).where(s.reference.c.hash == key)).scalar()
    if body is None:
        raise NotThere(message("no_reference", reference=key))
    return Reference.model_validate_json(body)


def reference_of_problem(c: Connection, problem: str) -> str | None:
    """Return the hash of the reference data of a problem, None if it was stored before they were.

    Raises `NotThere` if there is no such problem.
    """
    row = c.execute(select(s.problem.c.reference).where(s.problem.c.hash == problem)).first()
    if row is None:
        raise NotThere(message("no_problem", problem=problem))
    return None if row.reference is None else str(row.reference)
