"""Requeues abandoned jobs: those whose worker is gone, and those missing from the queue. Safe at any time."""

import structlog

from api.service.job_queue import lane_of
from api.service.wiring import Service
from data.store.work.jobs import JobState, jobs_under_way, release_stalled, with_expired_lease

log = structlog.get_logger()


def sweep(service: Service, nobody_works: bool = False) -> None:
    """Make every job whose worker is gone wait again, and queue waiting jobs that are not in the queue.

    A worker is gone once its lease is over; if `nobody_works`, all workers are. A job that is queued twice is
    taken once.
    """
    with service.store.reading() as c:
        jobs = jobs_under_way(c)
    running = [job for job in jobs if job.state is JobState.RUNNING]
    for job in running if nobody_works else with_expired_lease(running):
        with service.store.writing(shown=False) as c:
            after = release_stalled(c, job.id, job.attempt, service.settings.attempts)
        if after is not None:
            log.warning("job_left_behind", job=job.id, attempt=job.attempt, state=after.state.value)
    with service.store.reading() as c:
        waiting = [job for job in jobs_under_way(c) if job.state is JobState.QUEUED]
    in_queue = service.queue.waiting() if waiting else frozenset()
    for job in waiting:
        if job.id not in in_queue:
            service.queue.put(job.id, lane_of(job.kind))
