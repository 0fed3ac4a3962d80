"""The process that computes one job: `python -m api.jobs.solver JOB ATTEMPT PARENT`, started by the worker.

It ends with its parent, so that a job taken again is not computed twice for long. Exit status 0: the job has
ended, one way or another. Any other: the process died, and the job may be tried again.
"""

import os
import sys
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from functools import partial
from typing import NoReturn

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.jobs.heartbeat import Heartbeat, end_group, watch_parent
from api.jobs.work import Outcome, work
from api.planning.engines import Progress, Resources, Stages
from api.service.logs import lines_of, start_logging
from api.service.settings import Settings
from api.service.wiring import opened
from data.base.errors import BuddyplanError
from data.base.message import Message, message
from data.store.database.store import Store
from data.store.studies.outcomes import StudyKind
from data.store.work.jobs import JobKind, JobState, StoredJob, end_job, job_of
from matching.explain.resolve import SOLVING
from scheduling.plan.plan_weeks import process_pool

BEHIND = 5
"""How much a study stands back behind what the office plans at the same time."""
log = structlog.get_logger()


class Lost(Exception):
    """Another process has taken the job meanwhile; this result is discarded."""


def main(job: str, attempt: int, parent: int) -> None:
    """Compute a job that the parent process has taken."""
    watch_parent(parent, end_group)
    settings = Settings()
    os.nice(settings.solver_nice)
    start_logging("solver")
    service = opened(settings)
    with service.store.reading() as c:
        asked = job_of(c, job)
    if asked.kind is JobKind.STUDY:
        os.nice(BEHIND)
    if (asked.state, asked.attempt) == (JobState.RUNNING, attempt):
        solve(service.store, asked, settings)
    service.close()


def solve(
    store: Store, job: StoredJob, settings: Settings, progress: Progress = lambda stage, share: None
) -> None:
    """Compute a job that was taken and end it: with its result, or as failed with the reason."""
    lease = timedelta(seconds=settings.lease_seconds)
    begun = partial(log.info, job=job.id, kind=job.kind.value, attempt=job.attempt)
    begun("job_begins")
    with _pool(job, settings) as pool, Heartbeat(store, job, lease, end_group) as pulse:
        seed, threads = int(job.input.get("seed", 0)), settings.workers or 1

        def tell(stage: str, share: float) -> None:
            pulse.tell(stage, share)
            progress(stage, share)

        resources = Resources(seed, threads, pool, Stages(tell, pulse.reach), pulse.cancel)
        ended = _attempted(store, job, resources)
    _end(store, job, ended)
    begun("job_ended", state=ended.state.value if isinstance(ended, Outcome) else "failed")
    for stage, seconds in resources.stages.seconds.items():
        log.info("stage", job=job.id, stage=stage, seconds=round(seconds, 3))


def _pool(job: StoredJob, settings: Settings) -> AbstractContextManager[Executor | None]:
    """Return a process pool if the job has work for one; starting it takes longer than matching."""
    asked = job.input
    if job.kind is JobKind.MATCH and not asked.get("explain", 3) and not asked.get("refine_seconds"):
        return nullcontext()
    alone = (StudyKind.SCENARIO, StudyKind.FRONTIER)
    if job.kind is JobKind.STUDY and asked.get("kind", alone[0]) in alone and not asked.get("weeks"):
        return nullcontext()
    return process_pool(settings.workers, SOLVING)


def _attempted(store: Store, job: StoredJob, resources: Resources) -> Outcome | Message:
    """Return the outcome, or why there is none; a database error does not count as the job's failure."""
    try:
        return work(store, job, resources)
    except SQLAlchemyError:
        raise
    except BuddyplanError as error:
        return error.said
    except Exception as error:
        # The message of an unexpected error may contain anything, so only its type and place are reported.
        log.exception("job_broke", job=job.id, error=type(error).__name__, lines=lines_of(error))
        return message("job_unexpected", error=type(error).__name__)


def _end(store: Store, job: StoredJob, ended: Outcome | Message) -> None:
    """Store the result and end the job in one transaction, or do neither."""
    with store.writing() as c:
        if isinstance(ended, Outcome):
            kept = end_job(c, job.id, job.attempt, ended.state, ended.keep(c))
        else:
            kept = end_job(c, job.id, job.attempt, JobState.FAILED, error=ended)
        if not kept:
            raise Lost(job.id)


def run(words: list[str]) -> NoReturn:
    """Parse the command line and compute; log any error without its message."""
    try:
        main(words[0], int(words[1]), int(words[2]))
    except Exception as error:
        log.error("solver_died", job=words[0], error=type(error).__name__, lines=lines_of(error))
        sys.exit(1)
    sys.exit(0)


if __name__ == "__main__":
    run(sys.argv[1:])
