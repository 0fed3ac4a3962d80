"""The queue between those who ask for a job and the worker: it carries ids, the store knows all the rest."""

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
    """Messages as JSON: whoever can write to the database must not be able to run code in the worker."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(*json.loads(data))


class JobQueue:
    """Ids of jobs that wait, in the order in which they were put in.

    An id may be in it twice, or not at all after a crash: who takes one out asks the store what is to be
    done, and the worker's sweep puts in again what is missing.
    """

    def __init__(self, huey: Huey) -> None:
        self._huey = huey
        self._run: Callable[[str], None] | None = None
        self._task = huey.task(name="job")(self._taken)

    def put(self, job: str) -> None:
        """Put in the id of a job."""
        self._task(job)

    def waiting(self) -> frozenset[str]:
        """Return the ids that are in the queue."""
        return frozenset(task.args[0] for task in self._huey.pending())

    def consumer(self, run: Callable[[str], None], threads: int) -> Consumer:
        """Return what takes ids out, so many at a time, and calls `run` with each."""
        self._run = run
        return self._huey.create_consumer(
            workers=threads, periodic=False, max_delay=0.5, check_worker_health=False
        )

    def close(self) -> None:
        """Give this thread's connection back."""
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
