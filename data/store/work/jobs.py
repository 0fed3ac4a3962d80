"""Jobs: never two unfinished ones for a programme and week; one worker at a time runs a job, which ends once.

Taking a job up increases its `attempt`. Later writes for it are valid only while the job still runs in that
attempt, so that a worker presumed dead can neither end a job twice nor leave a result.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, insert, select, tuple_, update

from data.base.dates import weeks_from
from data.base.entity import canonical_json, content_hash
from data.base.errors import BuddyplanError
from data.base.message import Message, message
from data.base.stored_message import message_text, read_message
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
    """State of a job; a cancelled one keeps its best result so far, if any."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True)
class NewJob:
    """The content of a job; it writes `weeks` weeks from `first_week` on."""

    programme: str
    kind: JobKind
    first_week: str
    weeks: int
    input: dict[str, Any]
    by_user: str


@dataclass(frozen=True)
class StoredJob:
    """A job: `share` (0 to 1) of its `stage` is done; `result` is the id of its result.

    `level` is the current objective of a running match; `error` says why it failed.
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
    error: Message | None
    result: str
    by_user: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class TooManyStudies(BuddyplanError):
    """A user has as many unfinished studies as one user may have."""

    http_status: ClassVar[int] = 429
    kind: ClassVar[str] = "too_many_studies"


def keep_job(c: Connection, new: NewJob, most_studies: int | None = None) -> str:
    """Queue a job and return its id; `most_studies` is how many unfinished ones a user may have.

    Raises `NotThere`, `TooManyStudies`, and `Conflict` if an unfinished job of the programme shares a week.
    """
    # Concurrent calls wait for each other here; on SQLite the transaction already does that.
    known = select(s.programme.c.id).where(s.programme.c.id == new.programme)
    if c.execute(known.with_for_update()).first() is None:
        raise NotThere(message("no_programme", programme=new.programme))
    wanted = set(weeks_from(new.first_week, new.weeks))
    under_way = jobs_under_way(c, new.programme)
    own = sum(job.kind is JobKind.STUDY and job.by_user == new.by_user for job in under_way)
    if new.kind is JobKind.STUDY and most_studies is not None and own >= most_studies:
        raise TooManyStudies(message("too_many_studies_waiting", most=most_studies))
    for other in under_way:
        shared = wanted & set(weeks_from(other.first_week, other.weeks))
        if shared:
            said = message("weeks_under_way", job=other.id, week=min(shared))
            raise Conflict(said, cause=message("job_under_way", job=other.id, week=min(shared)))
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


def job_of(c: Connection, key: str) -> StoredJob:
    """Return a job by its id; raises `NotThere`."""
    row = c.execute(select(s.job).where(s.job.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_job", job=key))
    return _stored(row)


def jobs_of(
    c: Connection, programme: str, limit: int = 50, before: str | None = None
) -> tuple[StoredJob, ...]:
    """Return a programme's jobs, the newest first; with `before` only those older than that job."""
    place = (s.job.c.created_at, s.job.c.id)
    asked = select(s.job).where(s.job.c.programme == programme)
    if before is not None:
        asked = asked.where(tuple_(*place) < select(*place).where(s.job.c.id == before).scalar_subquery())
    rows = c.execute(asked.order_by(*(column.desc() for column in place)).limit(limit))
    return tuple(_stored(row) for row in rows)


def done_before(c: Connection, new: NewJob) -> StoredJob | None:
    """Return the latest job with the same input that is done, None if there is none."""
    same = s.job.c.programme == new.programme, s.job.c.input_hash == input_hash(new)
    asked = select(s.job).where(*same, s.job.c.state == JobState.DONE).order_by(s.job.c.created_at.desc())
    row = c.execute(asked).first()
    return _stored(row) if row else None


def input_hash(new: NewJob) -> str:
    """Return the hash of a job's input; equal input gives equal results."""
    return content_hash({"kind": new.kind, **new.input})


def jobs_under_way(c: Connection, programme: str | None = None) -> tuple[StoredJob, ...]:
    """Return the queued and running jobs, the oldest first, of one programme or of all."""
    asked = select(s.job).where(s.job.c.state.in_(UNDER_WAY))
    if programme is not None:
        asked = asked.where(s.job.c.programme == programme)
    return tuple(_stored(row) for row in c.execute(asked.order_by(s.job.c.created_at, s.job.c.id)))


def ask_cancel(c: Connection, key: str) -> StoredJob:
    """Cancel a queued job, or ask a running one to stop soon; one that has ended is left as it is.

    Raises `NotThere`.
    """
    mine = s.job.c.id == key
    waiting = {"state": JobState.CANCELLED, "cancel_asked": True, "ended_at": now()}
    c.execute(update(s.job).where(mine, s.job.c.state == JobState.QUEUED).values(**waiting))
    c.execute(update(s.job).where(mine, s.job.c.state == JobState.RUNNING).values(cancel_asked=True))
    return job_of(c, key)


def claim(c: Connection, key: str, lease: timedelta) -> StoredJob | None:
    """Take up a queued job for as long as the lease is renewed; None if it is no longer queued."""
    job = s.job.c.id == key, s.job.c.state == JobState.QUEUED
    changed = {"state": JobState.RUNNING, "attempt": s.job.c.attempt + 1}
    changed |= {"stage": "", "share": 0.0, "level": ""}
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
    """Report progress and extend the lease; None if the job no longer belongs to this attempt."""
    values: dict[str, Any] = {"lease_until": now() + lease, "stage": stage, "share": share}
    values["level"] = level.model_dump_json() if level else ""
    return job_of(c, key) if _changed(c, key, attempt, values) else None


def extend_lease(c: Connection, key: str, attempt: int, lease: timedelta) -> bool:
    """Extend the lease of a running job; False if it no longer belongs to this attempt."""
    return _changed(c, key, attempt, {"lease_until": now() + lease})


def end_job(
    c: Connection, key: str, attempt: int, state: JobState, result: str = "", error: Message | None = None
) -> bool:
    """End a running job within the transaction that stores its result; False if the attempt has lost it.

    A caller that gets False must roll the transaction back, and the result with it.
    """
    values: dict[str, Any] = {"state": state, "result": result, "error": message_text(error), "level": ""}
    values |= {"ended_at": now(), "lease_until": None}
    if state is JobState.DONE:
        values["share"] = 1.0
    return _changed(c, key, attempt, values)


def requeue(c: Connection, key: str, attempt: int) -> bool:
    """Queue a running job again because its worker ends; this does not count against the job."""
    return _changed(c, key, attempt, {"state": JobState.QUEUED, "lease_until": None})


def release_stalled(c: Connection, key: str, attempt: int, most: int) -> StoredJob | None:
    """Queue a job again whose process died; at attempt number `most` it fails instead.

    A job that kills its process must not take down every worker. If its cancellation was requested, it is
    cancelled. None if the job no longer belongs to this attempt.
    """
    job = job_of(c, key)
    if job.cancel_asked:
        values: dict[str, Any] = {"state": JobState.CANCELLED, "ended_at": now()}
    elif attempt >= most:
        died = message_text(message("job_process_died", count=attempt))
        values = {"state": JobState.FAILED, "error": died, "ended_at": now()}
    else:
        values = {"state": JobState.QUEUED}
    return job_of(c, key) if _changed(c, key, attempt, {**values, "lease_until": None}) else None


def with_expired_lease(jobs: Iterable[StoredJob]) -> tuple[StoredJob, ...]:
    """Return those of the jobs that are marked as running, but whose lease has expired."""
    moment = now()
    return tuple(
        job for job in jobs if job.state is JobState.RUNNING and job.lease_until and job.lease_until < moment
    )


def _changed(c: Connection, key: str, attempt: int, values: dict[str, Any]) -> bool:
    """Change a job that is still running in an attempt; return whether it was."""
    mine = s.job.c.id == key, s.job.c.state == JobState.RUNNING, s.job.c.attempt == attempt
    return c.execute(update(s.job).where(*mine).values(**values)).rowcount == 1


def _stored(row: Row[tuple[object, ...]]) -> StoredJob:
    values = dict(row._mapping)
    values["kind"], values["state"] = JobKind(values["kind"]), JobState(values["state"])
    values["input"] = json.loads(str(values["input"]))
    values["error"] = read_message(str(values["error"]))
    values["level"] = LevelSoFar.model_validate_json(values["level"]) if values["level"] else None
    return StoredJob(**{name: values[name] for name in StoredJob.__dataclass_fields__})
