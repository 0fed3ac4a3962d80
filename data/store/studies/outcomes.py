"""Outcomes of studies: JSON text that refers to scenarios, buddies and companies by id only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from data.base.message import message
from data.store.database.record import NotThere, new_id
from data.store.tables import schema as s
from data.store.tables.utc import now


class StudyKind(StrEnum):
    """The question of a study: effect of a scenario, positions needed, best place to hire, or disruptions."""

    SCENARIO = "scenario"
    FRONTIER = "frontier"
    HIRE = "hire"
    STRESS = "stress"


@dataclass(frozen=True)
class NewOutcome:
    """The outcome of a study of a scenario (None: the problem itself), with the content hash of its body."""

    programme: str
    kind: StudyKind
    problem: str
    scenario: str | None
    hash: str
    body: str
    by_user: str
    job: str | None = None


@dataclass(frozen=True)
class StoredOutcome(NewOutcome):
    """A stored outcome."""

    id: str = ""
    created_at: datetime = datetime.min


def keep_outcome(c: Connection, new: NewOutcome) -> str:
    """Store an outcome and return its id."""
    key = new_id()
    c.execute(insert(s.outcome).values(id=key, created_at=now(), **vars(new)))
    return key


def outcome_of(c: Connection, key: str) -> StoredOutcome:
    """Return an outcome by its id; raises `NotThere`."""
    row = c.execute(select(s.outcome).where(s.outcome.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_study", study=key))
    return _stored(row)


def outcomes_of(c: Connection, programme: str) -> tuple[StoredOutcome, ...]:
    """Return the outcomes of a programme, the latest first."""
    own = s.outcome.c
    asked = select(s.outcome).where(own.programme == programme)
    rows = c.execute(asked.order_by(own.created_at.desc(), own.id))
    return tuple(_stored(row) for row in rows)


def _stored(row: Row[Any]) -> StoredOutcome:
    return StoredOutcome(**{**row._mapping, "kind": StudyKind(row.kind)})
