"""The queue between those who submit jobs and the worker: it carries only ids; all else is in the store."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.store.database.store import Store

if TYPE_CHECKING:
    from huey import Huey
    from huey.consumer import Consumer

QUEUE_FILE = "queue.db"


class JobQueue:
    """Ids of waiting jobs, first in, first out.

    An id may be queued twice, or be missing after a crash: the worker asks the store what to do for each id
    it takes, and its sweep queues missing ids again. The queue is opened when it is used first.
    """

    def __init__(self, open_huey: Callable[[], "Huey"]) -> None:
        self._open_huey = open_huey
        self._run: Callable[[str], None] | None = None

    def put(self, job: str) -> None:
        """Queue the id of a job."""
        self._task(job)

    def waiting(self) -> frozenset[str]:
        """Return the ids that are in the queue."""
        return frozenset(task.args[0] for task in self._task.huey.pending())

    def consumer(self, run: Callable[[str], None], threads: int) -> "Consumer":
        """Return a consumer that takes ids, `threads` at a time, and calls `run` with each."""
        self._run = run
        return self._task.huey.create_consumer(
            workers=threads, periodic=False, max_delay=0.5, check_worker_health=False
        )

    def close(self) -> None:
        """Close this thread's connection."""
        if "_task" in vars(self):
            self._task.huey.storage.close()

    @cached_property
    def _task(self) -> Any:
        """The only kind of task, and by it the queue itself."""
        return self._open_huey().task(name="job")(self._taken)

    def _taken(self, job: str) -> None:
        assert self._run is not None, "only a consumer takes ids out"
        self._run(job)


def queue_beside(store: Store, folder: Path) -> JobQueue:
    """Return the queue that belongs to a store: a file in the folder, or tables in the same PostgreSQL."""

    def open_huey() -> "Huey":
        # Its library brings the driver of PostgreSQL, whatever the store is.
        from api.service import huey_storage

        if store.on_sqlite:
            return huey_storage.in_file(folder / QUEUE_FILE)
        return huey_storage.in_postgres(store.url)

    return JobQueue(open_huey)
