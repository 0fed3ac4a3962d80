"""Jobs: their progress, their events as they happen, and how to cancel them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.http.frame.auth import ByAsking, ByCoordinator, InProgramme, Serving
from api.http.frame.errors import Forbidden, problems
from api.http.frame.job_answers import JobAnswer, job_shown
from api.http.frame.schemas import Key, Page, PageTurn
from api.http.frame.writes.router import Router
from api.service.wiring import Service
from data.access import Coordinator, answers_for, in_programme
from data.base.message import message
from data.store.database.record import Conflict, NotThere
from data.store.work.jobs import JobState, StoredJob, ask_cancel, job_of, jobs_of

router = Router(prefix="/jobs", tags=["jobs"], responses=problems(401, 403, 404, 422, 500))
LOOK_S = 0.5
UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


def _own_job(job: Key, by: ByAsking, service: Serving) -> StoredJob:
    """Return a job of the reader's programme; for a buddy or a planner, only one that they submitted."""
    with service.store.reading() as c:
        found = job_of(c, job)
    if not in_programme(by, found.programme) or not (
        isinstance(by, Coordinator) or answers_for(by, found.by_user)
    ):
        raise NotThere(message("no_job", job=job))
    return found


OwnJob = Annotated[StoredJob, Depends(_own_job)]


@router.get("")
def list_jobs(by: ByCoordinator, programme: InProgramme, service: Serving, turn: PageTurn) -> Page[JobAnswer]:
    """List jobs, the newest first."""
    with service.store.reading() as c:
        found = jobs_of(c, programme, turn.limit + 1, turn.after or None)
    return turn.page([job_shown(job, by) for job in found], lambda job: job.id)


@router.get("/{job}")
def show_job(found: OwnJob, by: ByAsking) -> JobAnswer:
    """Show a job."""
    return job_shown(found, by)


@router.delete("/{job}", status_code=202, responses=problems(409))
def cancel_job(found: OwnJob, by: ByAsking, service: Serving) -> JobAnswer:
    """Ask a job to stop; the best plan so far is kept. A coordinator of one host stops their own alone."""
    if not answers_for(by, found.by_user):
        raise Forbidden(message("concerns_all_hosts"))
    if found.state not in UNDER_WAY:
        raise Conflict(message("job_ended", state=message(f"job_state_{found.state}")))
    with service.store.writing() as c:
        ask_cancel(c, found.id)
    with service.store.reading() as c:
        return job_shown(job_of(c, found.id), by)


@router.get("/{job}/events", response_class=EventSourceResponse)
async def follow_job(found: OwnJob, by: ByAsking, service: Serving) -> AsyncIterator[ServerSentEvent]:
    """Stream a job's progress until it ends."""
    told = None
    while True:
        shown = job_shown(await asyncio.to_thread(_look, service, found.id), by)
        if shown != told:
            over = shown.state not in UNDER_WAY
            yield ServerSentEvent(data=shown.model_dump(mode="json"), event="end" if over else "progress")
            told = shown
            if over:
                return
        await asyncio.sleep(LOOK_S)


def _look(service: Service, key: str) -> StoredJob:
    with service.store.reading() as c:
        return job_of(c, key)
