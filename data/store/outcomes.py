"""Outcomes of scenarios: JSON text that names scenarios, buddies and companies by their ids alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from data.store import schema as s
from data.store.moment import now
from data.store.record import NotThere, new_id


@dataclass(frozen=True)
class NewOutcome:
    """What came of a scenario (None: of the problem itself), with the content hash of its body."""

    programme: str
    problem: str
    scenario: str | None
    hash: str
    body: str
    by_user: str
    job: str | None = None


@dataclass(frozen=True)
class StoredOutcome(NewOutcome):
    """An outcome as it was kept."""

    id: str = ""
    created_at: datetime = datetime.min


def keep_outcome(c: Connection, new: NewOutcome) -> str:
    """Enter an outcome and return its id."""
    key = new_id()
    c.execute(insert(s.outcome).values(id=key, created_at=now(), **vars(new)))
    return key


def outcome_of(c: Connection, key: str) -> StoredOutcome:
    """Return an outcome by its id; raises `NotThere`."""
    row = c.execute(select(s.outcome).where(s.outcome.c.id == key)).first()
    if row is None:
        raise NotThere(f'there is no study "{key}"')
    return StoredOutcome(**row._mapping)


def outcomes_of(c: Connection, programme: str) -> tuple[StoredOutcome, ...]:
    """Return the outcomes of a programme, the latest first."""
    own = s.outcome.c
    asked = select(s.outcome).where(own.programme == programme)
    rows = c.execute(asked.order_by(own.created_at.desc(), own.id))
    return tuple(StoredOutcome(**row._mapping) for row in rows)
