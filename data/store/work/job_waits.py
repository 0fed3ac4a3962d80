"""How long jobs have been waiting: what tells an operator that nobody takes them."""

from sqlalchemy import Connection, func, select

from data.store.tables import schema as s
from data.store.tables.utc import now
from data.store.work.jobs import JobKind, JobState


def waiting_seconds(c: Connection) -> float:
    """Return how long the oldest queued job has been waiting while none runs; else 0."""
    if c.execute(select(s.job.c.id).where(s.job.c.state == JobState.RUNNING)).first() is not None:
        return 0.0
    return max(oldest_wait_seconds(c).values(), default=0.0)


def oldest_wait_seconds(c: Connection) -> dict[JobKind, float]:
    """Return how long the oldest queued job of each kind has been waiting, of those kinds that have one."""
    queued = s.job.c.state == JobState.QUEUED
    rows = c.execute(select(s.job.c.kind, func.min(s.job.c.created_at)).where(queued).group_by(s.job.c.kind))
    return {JobKind(kind): max(0.0, (now() - since).total_seconds()) for kind, since in rows}
