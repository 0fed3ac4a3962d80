"""The solver's heartbeat: it reports progress, renews the lease, and notices when the job is cancelled."""

import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import TracebackType
from typing import NamedTuple

import structlog
from sqlalchemy.exc import SQLAlchemyError

from data.results.level_so_far import LevelSoFar
from data.store.database.store import Store
from data.store.work.jobs import JobState, StoredJob, job_of, renew

BEAT_S = 0.5
"""How often the job's row is read, and written if there is news."""
log = structlog.get_logger()


class At(NamedTuple):
    """The progress of a job."""

    stage: str
    share: float
    level: LevelSoFar | None


class Heartbeat:
    """Beats in its own thread while the solver computes; sets `cancel` once somebody asks to cancel the job.

    Calls `lost` when the job no longer belongs to this attempt, so that no work is wasted.
    """

    def __init__(self, store: Store, job: StoredJob, lease: timedelta, lost: Callable[[], None]) -> None:
        self.cancel = threading.Event()
        self._store, self._job, self._lease, self._lost = store, job, lease, lost
        self._at = self._told = At("", 0.0, None)
        self._renewed = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def tell(self, stage: str, share: float) -> None:
        """Report progress, from any thread and at any rate; a stage's share never falls."""
        before = self._at
        goes_on = stage == before.stage
        self._at = At(
            stage, max(share, before.share) if goes_on else share, before.level if goes_on else None
        )

    def reach(self, level: LevelSoFar) -> None:
        """Report the objective that the stage has reached, from any thread."""
        self._at = self._at._replace(level=level)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; the next write to the job is its end."""
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(BEAT_S):
            try:
                job = self._look()
            except SQLAlchemyError as error:  # the next beat tries again, until the lease is over
                log.warning("no_heartbeat", job=self._job.id, error=type(error).__name__)
                continue
            if job is None:
                self._lost()
            elif job.cancel_asked:
                self.cancel.set()

    def _look(self) -> StoredJob | None:
        at, due = self._at, time.monotonic() - self._renewed > self._lease.total_seconds() / 3
        if at == self._told and not due:
            with self._store.reading() as c:
                job = job_of(c, self._job.id)
            return job if job.state is JobState.RUNNING and job.attempt == self._job.attempt else None
        with self._store.writing(shown=False) as c:
            renewed = renew(c, self._job.id, self._job.attempt, self._lease, *at)
        self._told, self._renewed = at, time.monotonic()
        return renewed


def end_group() -> None:
    """Kill this process and all that it started, if it leads its own process group."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def watch_parent(parent: int, gone: Callable[[], None], every_s: float = 0.5) -> None:
    """Call `gone` once the process that started this one is gone, however it ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every_s)
        gone()

    threading.Thread(target=watch, daemon=True).start()
