"""Jobs: at most one under way for a programme and week, each taken up by one worker at a time, ended once.

Whoever takes a job up raises its `attempt`. All that is written for it later holds only while the job still
runs in that attempt, so that a worker that was thought dead can neither end a job twice nor leave a result.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, tuple_, update

from data.base.dates import weeks_from
from data.base.entity import canonical_json, content_hash
from data.results.level_so_far import LevelSoFar
from data.store.database.record import Conflict, NotThere, new_id
from data.store.tables import schema as s
from data.store.tables.utc import now


class JobKind(StrEnum):
    """What a job computes."""

    MATCH = "match"
    PLAN = "plan"
    REPLAN = "replan"
    STUDY = "study"


class JobState(StrEnum):
    """Where a job is; a cancelled one kept the best that it had, where it had anything."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True)
class NewJob:
    """What a job is made of; `weeks` from `first_week` on are those that it writes."""

    programme: str
    kind: JobKind
    first_week: str
    weeks: int
    input: dict[str, Any]
    by_user: str


@dataclass(frozen=True)
class StoredJob:
    """A job as it stands: `share` (0 to 1) of its `stage` is done; `result` is the id of what it made.

    `level` is the objective that a running match is at.
    """

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
    level: LevelSoFar | None
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
    """Enter a job to be done and return its id.

    Raises `NotThere` for an unknown programme, and `Conflict` where a job under way shares it and a week.
    """
    # Two that ask at once wait here for each other; on SQLite the transaction has done so already.
    known = select(s.programme.c.id).where(s.programme.c.id == new.programme).with_for_update()
    if c.execute(known).first() is None:
        raise NotThere(f'there is no programme "{new.programme}"')
    wanted = set(weeks_from(new.first_week, new.weeks))
    for other in jobs_under_way(c, new.programme):
        shared = wanted & set(weeks_from(other.first_week, other.weeks))
        if shared:
            raise Conflict(f"job {other.id} is under way for {min(shared)}; wait for it or cancel it")
    key = new_id()
    c.execute(
        insert(s.job).values(
            id=key,
            programme=new.programme,
            kind=new.kind,
            first_week=new.first_week,
            weeks=new.weeks,
            input=canonical_json(new.input),
            input_hash=input_hash(new),
            state=JobState.QUEUED,
            stage="",
            share=0.0,
            level="",
            attempt=0,
            cancel_asked=False,
            error="",
            result="",
            by_user=new.by_user,
            created_at=now(),
        )
    )
    return key


def waiting_seconds(c: Connection) -> float:
    """Return how long the job that waits longest has been waiting while none runs; 0 where none does so."""
    if c.execute(select(s.job.c.id).where(s.job.c.state == JobState.RUNNING)).first() is not None:
        return 0.0
    asked = select(func.min(s.job.c.created_at)).where(s.job.c.state == JobState.QUEUED)
    since: datetime | None = c.execute(asked).scalar()
    return max(0.0, (now() - since).total_seconds()) if since else 0.0


def job_of(c: Connection, key: str) -> StoredJob:
    """Return a job by its id; raises `NotThere`."""
    row = c.execute(select(s.job).where(s.job.c.id == key)).first()
    if row is None:
        raise NotThere(f'there is no job "{key}"')
    return _stored(row)


def jobs_of(
    c: Connection, programme: str, limit: int = 50, before: str | None = None
) -> tuple[StoredJob, ...]:
    """Return a programme's jobs, the newest first; with `before` those that are older than that job."""
    place = (s.job.c.created_at, s.job.c.id)
    asked = select(s.job).where(s.job.c.programme == programme)
    if before is not None:
        asked = asked.where(tuple_(*place) < select(*place).where(s.job.c.id == before).scalar_subquery())
    rows = c.execute(asked.order_by(*(column.desc() for column in place)).limit(limit))
    return tuple(_stored(row) for row in rows)


def done_before(c: Connection, new: NewJob) -> StoredJob | None:
    """Return the latest job that did exactly what another would do, None where none has."""
    same = s.job.c.programme == new.programme, s.job.c.input_hash == input_hash(new)
    asked = select(s.job).where(*same, s.job.c.state == JobState.DONE).order_by(s.job.c.created_at.desc())
    row = c.execute(asked).first()
    return _stored(row) if row else None


def input_hash(new: NewJob) -> str:
    """Return the hash of what a job is asked to do; the same input gives the same result."""
    return content_hash({"kind": new.kind, **new.input})


def jobs_under_way(c: Connection, programme: str | None = None) -> tuple[StoredJob, ...]:
    """Return the jobs that wait or run, the oldest first; of one programme or of all."""
    asked = select(s.job).where(s.job.c.state.in_(UNDER_WAY))
    if programme is not None:
        asked = asked.where(s.job.c.programme == programme)
    return tuple(_stored(row) for row in c.execute(asked.order_by(s.job.c.created_at, s.job.c.id)))


def ask_cancel(c: Connection, key: str) -> StoredJob:
    """Cancel a job that waits, ask one that runs to end soon, and leave one that has ended as it is.

    Raises `NotThere`.
    """
    mine = s.job.c.id == key
    waiting = {"state": JobState.CANCELLED, "cancel_asked": True, "ended_at": now()}
    c.execute(update(s.job).where(mine, s.job.c.state == JobState.QUEUED).values(**waiting))
    c.execute(update(s.job).where(mine, s.job.c.state == JobState.RUNNING).values(cancel_asked=True))
    return job_of(c, key)


def take_up(c: Connection, key: str, lease: timedelta) -> StoredJob | None:
    """Take up a job that waits, for as long as the lease is renewed; None where it is not to be had."""
    job = s.job.c.id == key, s.job.c.state == JobState.QUEUED
    changed = {
        "state": JobState.RUNNING,
        "attempt": s.job.c.attempt + 1,
        "stage": "",
        "share": 0.0,
        "level": "",
    }
    times = {"started_at": now(), "lease_until": now() + lease}
    taken = c.execute(update(s.job).where(*job).values(**changed, **times)).rowcount
    return job_of(c, key) if taken else None


def renew(
    c: Connection,
    key: str,
    attempt: int,
    lease: timedelta,
    stage: str,
    share: float,
    level: LevelSoFar | None = None,
) -> StoredJob | None:
    """Tell how far a job is, and hold it for longer; None where it is not this attempt's any more."""
    values: dict[str, Any] = {"lease_until": now() + lease, "stage": stage, "share": share}
    values["level"] = level.model_dump_json() if level else ""
    return job_of(c, key) if _changed(c, key, attempt, values) else None


def hold(c: Connection, key: str, attempt: int, lease: timedelta) -> bool:
    """Hold a running job for longer; False: it is not this attempt's any more."""
    return _changed(c, key, attempt, {"lease_until": now() + lease})


def end_job(
    c: Connection, key: str, attempt: int, state: JobState, result: str = "", error: str = ""
) -> bool:
    """End a running job; in the transaction that keeps its result. False: it is not this attempt's any more.

    Whoever gets False must let the transaction fail, so that the result goes with it.
    """
    values = {"state": state, "result": result, "error": error, "ended_at": now(), "lease_until": None}
    values["level"] = ""
    if state is JobState.DONE:
        values["share"] = 1.0
    return _changed(c, key, attempt, values)


def give_back(c: Connection, key: str, attempt: int) -> bool:
    """Let a running job wait again, because its worker ends; nothing is held against the job."""
    return _changed(c, key, attempt, {"state": JobState.QUEUED, "lease_until": None})


def release_stalled(c: Connection, key: str, attempt: int, most: int) -> StoredJob | None:
    """Let a job wait again whose process is dead; at its attempt number `most` it has failed.

    One that kills its process must not take every worker down. One that was to be cancelled is cancelled.
    None where the job is not this attempt's any more.
    """
    job = job_of(c, key)
    if job.cancel_asked:
        values: dict[str, Any] = {"state": JobState.CANCELLED, "ended_at": now()}
    elif attempt >= most:
        died = f"the process that computed it died, {attempt} times over"
        values = {"state": JobState.FAILED, "error": died, "ended_at": now()}
    else:
        values = {"state": JobState.QUEUED}
    return job_of(c, key) if _changed(c, key, attempt, {**values, "lease_until": None}) else None


def left_behind(jobs: Iterable[StoredJob]) -> tuple[StoredJob, ...]:
    """Return those of the jobs that run by name, but whose lease ran out."""
    moment = now()
    return tuple(
        job for job in jobs if job.state is JobState.RUNNING and job.lease_until and job.lease_until < moment
    )


def _changed(c: Connection, key: str, attempt: int, values: dict[str, Any]) -> bool:
    """Change a job that still runs in an attempt; tell whether it did."""
    mine = s.job.c.id == key, s.job.c.state == JobState.RUNNING, s.job.c.attempt == attempt
    return c.execute(update(s.job).where(*mine).values(**values)).rowcount == 1


def _stored(row: Row[tuple[object, ...]]) -> StoredJob:
    values = dict(row._mapping)
    values["kind"], values["state"] = JobKind(values["kind"]), JobState(values["state"])
    values["input"] = json.loads(str(values["input"]))
    values["level"] = LevelSoFar.model_validate_json(values["level"]) if values["level"] else None
    return StoredJob(**{name: values[name] for name in StoredJob.__dataclass_fields__})
