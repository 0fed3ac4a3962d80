"""The process that takes jobs: `python -m api.jobs.worker PARENT`, or `buddyplan worker` alone.

It computes nothing itself. Each job gets a solver process; if that dies, the job waits again. When the worker
is asked to end, it returns running jobs to the queue, so that the next worker starts them anew.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.jobs.heartbeat import watch_parent
from api.jobs.lock import NIGHTLY, WORKER, alone, at_work
from api.jobs.sweep import sweep
from api.service.job_queue import Lane
from api.service.logs import start_logging
from api.service.settings import Settings
from api.service.wiring import Service, opened, wired
from data.store.people.audit_seals import seal_audit
from data.store.work.jobs import StoredJob, claim, extend_lease, release_stalled, requeue

SWEEP_S = 2.0
"""How often a worker looks for abandoned jobs."""
SEAL_S = 600.0
"""How often a worker seals new rows of the audit log."""
POLL_S = 0.1
SOLVER = (sys.executable, "-P", "-m", "api.jobs.solver")
log = structlog.get_logger()


class Worker:
    """Takes jobs out of the queue until `stop` is called."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lease = timedelta(seconds=service.settings.lease_seconds)
        self._stop = threading.Event()
        self._sealed = float("-inf")

    def stop(self) -> None:
        """Take no more jobs, and return running ones to the queue."""
        self._stop.set()

    def run(self) -> None:
        """Work until stopped; raises `api.jobs.lock.AtWork` if another worker uses this data folder."""
        settings = self._service.settings
        with alone(settings.data_dir, WORKER):
            # A SQLite store has only this worker: a job marked running belongs to a dead one, or to nightly.
            only_here = self._service.store.on_sqlite and not at_work(settings.data_dir, NIGHTLY)
            sweep(self._service, nobody_works=only_here)
            lanes = ((Lane.OFFICE, settings.jobs), (Lane.STUDIES, settings.studies))
            consumers = [self._service.queue.consumer(self._work, lane, threads) for lane, threads in lanes]
            handlers = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
            for consumer in consumers:
                consumer.start()
            for each, handler in handlers.items():
                signal.signal(each, handler)  # huey has installed its own handlers
            log.info("worker_ready", pid=os.getpid())
            while not self._stop.wait(SWEEP_S):
                self._sweep()
                if time.monotonic() - self._sealed > SEAL_S:
                    self._seal()
            for consumer in consumers:
                consumer.stop(graceful=True)
            self._seal()

    def _sweep(self) -> None:
        try:
            sweep(self._service)
        except Exception as error:  # a database that is down comes back
            log.warning("no_sweep", error=type(error).__name__)

    def _seal(self) -> None:
        self._sealed = time.monotonic()
        try:
            seal_audit(self._service.store)
        except SQLAlchemyError as error:  # the rows wait for the next time
            log.warning("not_sealed", error=type(error).__name__)

    def _work(self, key: str) -> None:
        """Take a job if it is available, and watch its solver process until it ends."""
        if self._stop.is_set():
            return  # it waits in the store, and the next worker's sweep queues it again
        with self._service.store.writing(shown=False) as c:
            job = claim(c, key, self._lease)
        if job is None:
            return
        solver = subprocess.Popen(
            [*SOLVER, job.id, str(job.attempt), str(os.getpid())], start_new_session=True
        )
        code = self._seen_through(job, solver)
        with suppress(ProcessLookupError):  # the processes of its pool, if it could not end them
            os.killpg(solver.pid, signal.SIGKILL)
        self._after(job, code)

    def _seen_through(self, job: StoredJob, solver: "subprocess.Popen[bytes]") -> int | None:
        """Wait for the solver's exit status; None: it was killed because the worker is to stop.

        Meanwhile the worker renews the job's lease: a solver takes seconds to load before its own heartbeat
        begins.
        """
        held = time.monotonic()
        while True:
            with suppress(subprocess.TimeoutExpired):
                return solver.wait(POLL_S)
            if self._stop.is_set():
                os.killpg(solver.pid, signal.SIGKILL)
                solver.wait()
                return None
            if time.monotonic() - held > self._lease.total_seconds() / 3:
                held = time.monotonic()
                self._hold(job)

    def _hold(self, job: StoredJob) -> None:
        try:
            with self._service.store.writing(shown=False) as c:
                extend_lease(c, job.id, job.attempt, self._lease)
        except SQLAlchemyError as error:  # the solver tries too, and the lease is longer than that
            log.warning("no_heartbeat", job=job.id, error=type(error).__name__)

    def _after(self, job: StoredJob, code: int | None) -> None:
        with self._service.store.writing(shown=False) as c:
            if code is None:
                given = requeue(c, job.id, job.attempt)
                log.info("job_given_back" if given else "job_ended_before", job=job.id, attempt=job.attempt)
                return
            died = release_stalled(c, job.id, job.attempt, self._service.settings.attempts)
        if died is not None:
            log.warning("solver_died", job=job.id, attempt=job.attempt, code=code, state=died.state.value)
            self._sweep()


def work_until_told(parent: int | None = None) -> None:
    """Run a worker until SIGTERM, SIGINT, or the end of the parent process, if one is named."""
    start_logging("worker")
    # A parent has migrated the store; alone, the worker has to.
    service = wired(Settings()) if parent is None else opened(Settings())
    worker = Worker(service)
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda number, frame: worker.stop())
    if parent is not None:
        watch_parent(parent, worker.stop)
    worker.run()
    service.close()


if __name__ == "__main__":
    work_until_told(int(sys.argv[1]))
