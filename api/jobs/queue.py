"""How a job is submitted: stored first, then queued."""

import structlog

from api.service.job_queue import Lane, lane_of
from api.service.wiring import Service
from data.store.work.jobs import NewJob, keep_job

log = structlog.get_logger()


def submit(service: Service, new: NewJob) -> str:
    """Store a job, queue its id once that is committed, and return it; raises what `keep_job` raises."""
    with service.store.writing(shown=False) as c:
        key = keep_job(c, new, service.settings.studies_per_user)
    service.store.once_committed(lambda: _put(service, key, lane_of(new.kind)))
    return key


def _put(service: Service, key: str, lane: Lane) -> None:
    try:
        service.queue.put(key, lane)
    except Exception as error:  # whatever the queue's database raises: the job is stored
        log.warning("not_queued", job=key, error=type(error).__name__)
