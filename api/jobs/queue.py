"""How a job is asked for: kept in the store first, then handed to the queue."""

import structlog

from api.service.wiring import Service
from data.store.work.jobs import NewJob, keep_job

log = structlog.get_logger()


def submit(service: Service, new: NewJob) -> str:
    """Keep a job, hand its id to the queue, and return it; raises what `keep_job` raises."""
    with service.store.writing(shown=False) as c:
        key = keep_job(c, new)
    try:
        service.queue.put(key)
    except Exception as error:  # whatever the queue's database says: the job is kept
        log.warning("not_queued", job=key, error=type(error).__name__)
    return key
