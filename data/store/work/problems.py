"""Problems that were imported or solved: immutable, found by content hash."""

import io
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, desc, insert, select, update

from data.base.message import message
from data.model.problem import Problem
from data.store.database.record import NotThere, insert_unless_there, new_id
from data.store.tables import schema as s
from data.store.tables.free_texts import without_free_texts
from data.store.tables.utc import now
from data.travel.provider import Times


@dataclass(frozen=True)
class Packed:
    """A problem prepared for storage, so that the transaction that inserts it is short."""

    hash: str
    values: dict[str, Any]


def packed(problem: Problem, times: Times, reference: str | None) -> Packed:
    """Return a problem with its travel times and without its free texts, ready for storage.

    `reference` is the hash of the reference data it was read with, which must be stored before; None if they
    are unknown, as those of a problem stored by an earlier version are.
    """
    problem, held = without_free_texts(problem), io.BytesIO()
    times.save(held)
    values = {
        "programme": problem.programme.id,
        "first_week": problem.horizon.first_week,
        "weeks": problem.horizon.weeks,
        "body": problem.model_dump_json(by_alias=True),
        "times": held.getvalue(),
        "reference": reference,
    }
    return Packed(problem.hash, values)


def is_stored(c: Connection, key: str) -> bool:
    """Return whether there is a problem of this hash."""
    return c.execute(select(s.problem.c.hash).where(s.problem.c.hash == key)).first() is not None


def is_made_by(c: Connection, key: str, change_set: int) -> bool:
    """Return whether there is a problem of this hash, known to be that of a register after a change set."""
    own = s.problem.c
    known = select(own.hash).where(own.hash == key, own.change_set >= change_set)
    return c.execute(known).first() is not None


def keep_problem(c: Connection, problem: Packed, change_set: int | None = None) -> str:
    """Store a problem unless it exists; return its hash.

    `change_set` is the number of the register's last change set when the register made this problem.
    """
    if not is_stored(c, problem.hash):
        insert_unless_there(c, s.problem, {"hash": problem.hash, "created_at": now(), **problem.values})
    if change_set is not None:
        keep_change_set_of(c, problem.hash, change_set)
    return problem.hash


def keep_change_set_of(c: Connection, key: str, change_set: int) -> None:
    """Record that the register makes a stored problem after a change set, unless a later one is known."""
    own = s.problem.c
    older = own.change_set.is_(None) | (own.change_set < change_set)
    c.execute(update(s.problem).where(own.hash == key, older).values(change_set=change_set))


def problem_of(c: Connection, key: str) -> tuple[Problem, Times]:
    """Return a problem by its hash, with its travel times; raises `NotThere`."""
    row = c.execute(select(s.problem.c.body, s.problem.c.times).where(s.problem.c.hash == key)).first()
    if row is None:
        raise NotThere(message("no_problem", problem=key))
    return Problem.model_validate_json(row.body), Times.load(io.BytesIO(row.times))


def keep_import(
    c: Connection, programme: str, problem: str, warnings: int, repaired: int, by_user: str
) -> str:
    """Record an import of a problem, and return the id of the import."""
    key = new_id()
    c.execute(
        insert(s.programme_import).values(
            id=key,
            programme=programme,
            problem=problem,
            warnings=warnings,
            repaired=repaired,
            by_user=by_user,
            created_at=now(),
        )
    )
    return key


def latest_import(c: Connection, programme: str) -> Row[tuple[object, ...]] | None:
    """Return the row of the latest import, None if there is none."""
    own = s.programme_import.c
    return c.execute(
        select(s.programme_import)
        .where(own.programme == programme)
        .order_by(desc(own.created_at), desc(own.id))
        .limit(1)
    ).first()


def latest_problem(c: Connection, programme: str) -> str:
    """Return the hash of the latest imported problem; raises `NotThere` if there is none."""
    found = latest_import(c, programme)
    if found is None:
        raise NotThere(message("nothing_imported", programme=programme))
    return str(found.problem)


def latest_stored(c: Connection, programme: str, reference: str) -> tuple[Problem, Times] | None:
    """Return the problem of a programme stored last with some reference data, and its travel times."""
    own = s.problem.c
    same = (own.programme == programme) & (own.reference == reference)
    key = c.execute(select(own.hash).where(same).order_by(desc(own.created_at), own.hash).limit(1)).scalar()
    return None if key is None else problem_of(c, str(key))
