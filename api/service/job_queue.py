"""The queues between those who submit jobs and the worker: they carry only ids; all else is in the store."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.store.database.store import Store
from data.store.work.jobs import JobKind

if TYPE_CHECKING:
    from huey import Huey
    from huey.consumer import Consumer

QUEUE_FILE = "queue.db"


class Lane(StrEnum):
    """Which jobs wait for each other: what the office plans never waits for a study."""

    OFFICE = "buddyplan"
    STUDIES = "buddyplan-studies"


def lane_of(kind: JobKind) -> Lane:
    """Return in which lane a kind of job waits."""
    return Lane.STUDIES if kind is JobKind.STUDY else Lane.OFFICE


class JobQueue:
    """Ids of waiting jobs, first in, first out within their lane.

    An id may be queued twice, or be missing after a crash: the worker asks the store what to do for each id
    it takes, and its sweep queues missing ids again. A lane is opened when it is used first.
    """

    def __init__(self, open_huey: Callable[[str], "Huey"]) -> None:
        self._open_huey = open_huey
        self._tasks: dict[Lane, Any] = {}
        self._run: Callable[[str], None] | None = None

    def put(self, job: str, lane: Lane) -> None:
        """Queue the id of a job."""
        self._task(lane)(job)

    def waiting(self) -> frozenset[str]:
        """Return the ids that are in the queue."""
        return frozenset(task.args[0] for lane in Lane for task in self._task(lane).huey.pending())

    def consumer(self, run: Callable[[str], None], lane: Lane, threads: int) -> "Consumer":
        """Return a consumer that takes ids out of a lane, `threads` at a time, and calls `run` with each."""
        self._run = run
        return self._task(lane).huey.create_consumer(
            workers=threads, periodic=False, max_delay=0.5, check_worker_health=False
        )

    def close(self) -> None:
        """Close this thread's connections."""
        for task in self._tasks.values():
            task.huey.storage.close()

    def _task(self, lane: Lane) -> Any:
        """Return the only kind of task of a lane, and by it the lane itself."""
        if lane not in self._tasks:
            self._tasks[lane] = self._open_huey(lane).task(name="job")(self._taken)
        return self._tasks[lane]

    def _taken(self, job: str) -> None:
        assert self._run is not None, "only a consumer takes ids out"
        self._run(job)


def queue_beside(store: Store, folder: Path) -> JobQueue:
    """Return the queue that belongs to a store: a file in the folder, or tables in the same PostgreSQL."""

    def open_huey(name: str) -> "Huey":
        # Its library brings the driver of PostgreSQL, whatever the store is.
        from api.service import huey_storage

        if store.on_sqlite:
            return huey_storage.in_file(folder / QUEUE_FILE, name)
        return huey_storage.in_postgres(store.url, name)

    return JobQueue(open_huey)
