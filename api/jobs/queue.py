"""Hands jobs to whoever computes them."""

from api.wiring import Service
from data.store.jobs import NewJob, keep_job


def submit(service: Service, new: NewJob) -> str:
    """Keep a job and hand its id on; raises `Conflict` where one under way shares a week with it."""
    with service.store.writing() as c:
        key = keep_job(c, new)
    if service.queue is not None:
        service.queue(key)
    return key
