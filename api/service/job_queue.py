"""The queue between those who submit jobs and the worker: it carries only ids; all else is in the store."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import make_url

from data.store.database.store import Store

QUEUE_FILE = "queue.db"
NAME = "buddyplan"


class _Plain(Serializer):  # type: ignore[misc]
    """Messages as JSON: write access to the database must not allow running code in the worker."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(*json.loads(data))


class JobQueue:
    """Ids of waiting jobs, first in, first out.

    An id may be queued twice, or be missing after a crash: the worker asks the store what to do for each id
    it takes, and its sweep queues missing ids again.
    """

    def __init__(self, huey: Huey) -> None:
        self._huey = huey
        self._run: Callable[[str], None] | None = None
        self._task = huey.task(name="job")(self._taken)

    def put(self, job: str) -> None:
        """Queue the id of a job."""
        self._task(job)

    def waiting(self) -> frozenset[str]:
        """Return the ids that are in the queue."""
        return frozenset(task.args[0] for task in self._huey.pending())

    def consumer(self, run: Callable[[str], None], threads: int) -> Consumer:
        """Return a consumer that takes ids, `threads` at a time, and calls `run` with each."""
        self._run = run
        return self._huey.create_consumer(
            workers=threads, periodic=False, max_delay=0.5, check_worker_health=False
        )

    def close(self) -> None:
        """Close this thread's connection."""
        self._huey.storage.close()

    def _taken(self, job: str) -> None:
        assert self._run is not None, "only a consumer takes ids out"
        self._run(job)


def queue_beside(store: Store, folder: Path) -> JobQueue:
    """Return the queue that belongs to a store: a file in the folder, or tables in the same PostgreSQL."""
    options: dict[str, Any] = {"name": NAME, "results": False, "serializer": _Plain()}
    if store.on_sqlite:
        return JobQueue(SqliteHuey(filename=str(folder / QUEUE_FILE), timeout=30, **options))
    plain = make_url(store.url).set(drivername="postgresql")
    return JobQueue(PostgresHuey(dsn=plain.render_as_string(hide_password=False), **options))
