"""Jobs as the store has them: what is to be computed, how far it is, what came of it."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from data.calendar import weeks_from
from data.entity import content_hash
from data.store import schema as s
from data.store.moment import now
from data.store.record import Conflict, NotThere, new_id


class JobKind(StrEnum):
    """What a job computes."""

    MATCH = "match"
    PLAN = "plan"
    REPLAN = "replan"


class JobState(StrEnum):
    """Queued and running are under way; the others are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True)
class NewJob:
    """A job to be kept; it alone may write these weeks of the programme while it is under way."""

    programme: str
    kind: JobKind
    first_week: str
    weeks: int
    input: dict[str, Any]
    by_user: str


@dataclass(frozen=True)
class StoredJob:
    """A job with its state; `result` is the id of the matching or plan that came of it."""

    id: str
    programme: str
    kind: JobKind
    first_week: str
    weeks: int
    input: dict[str, Any]
    input_hash: str
    state: JobState
    stage: str
    share: float
    attempt: int
    lease_until: datetime | None
    cancel_asked: bool
    error: str
    result: str
    by_user: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


def keep_job(c: Connection, new: NewJob) -> str:
    """Enter a job and return its id; raises `Conflict` where one under way shares a week with it."""
    c.execute(select(s.programme.c.id).where(s.programme.c.id == new.programme).with_for_update())
    asked = select(s.job.c.first_week, s.job.c.weeks).where(
        s.job.c.programme == new.programme, s.job.c.state.in_([state.value for state in UNDER_WAY])
    )
    wanted = set(weeks_from(new.first_week, new.weeks))
    for row in c.execute(asked):
        if wanted & set(weeks_from(row.first_week, row.weeks)):
            raise Conflict("another job for these weeks is under way; wait for it or cancel it")
    key = new_id()
    c.execute(
        insert(s.job).values(
            id=key,
            programme=new.programme,
            kind=new.kind.value,
            first_week=new.first_week,
            weeks=new.weeks,
            input=json.dumps(new.input),
            input_hash=content_hash(new.input),
            state=JobState.QUEUED.value,
            stage="",
            share=0.0,
            attempt=0,
            cancel_asked=False,
            error="",
            result="",
            by_user=new.by_user,
            created_at=now(),
        )
    )
    return key


def job_of(c: Connection, key: str) -> StoredJob:
    """Return a job; raises `NotThere`."""
    row = c.execute(select(s.job).where(s.job.c.id == key)).first()
    if row is None:
        raise NotThere(f'there is no job "{key}"')
    return _stored(row)


def jobs_of(c: Connection, programme: str, limit: int, before: str | None = None) -> list[StoredJob]:
    """Return a programme's jobs, the newest first, those before the job of an id."""
    asked = select(s.job).where(s.job.c.programme == programme)
    if before:
        last = job_of(c, before)
        older = s.job.c.created_at < last.created_at
        asked = asked.where(older | ((s.job.c.created_at == last.created_at) & (s.job.c.id < last.id)))
    return [
        _stored(row)
        for row in c.execute(asked.order_by(s.job.c.created_at.desc(), s.job.c.id.desc()).limit(limit))
    ]


def ask_cancel(c: Connection, key: str) -> None:
    """Ask that a job ends; one that nobody has begun ends at once."""
    c.execute(update(s.job).where(s.job.c.id == key).values(cancel_asked=True))
    waiting = (s.job.c.id == key) & (s.job.c.state == JobState.QUEUED.value)
    c.execute(update(s.job).where(waiting).values(state=JobState.CANCELLED.value, ended_at=now()))


def _stored(row: Row[Any]) -> StoredJob:
    values = {name: getattr(row, name) for name in StoredJob.__dataclass_fields__}
    values |= {"kind": JobKind(row.kind), "state": JobState(row.state), "input": json.loads(row.input)}
    return StoredJob(**values)
