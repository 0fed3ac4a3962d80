"""The answers about jobs, and how a job is accepted."""

from datetime import datetime
from typing import Any

from fastapi import Response
from pydantic import Field

from api.http.frame.schemas import Schema
from api.words.sentence import sentence
from data.access import Reader, answers_for, sees_all
from data.base.message import fields_json, message
from data.results.level_so_far import LevelSoFar
from data.store.work.jobs import JobKind, JobState, StoredJob


class JobAccepted(Schema):
    """A job that was accepted; the header Location leads to it."""

    job: str


class JobAnswer(Schema):
    """A job; `result` is the id of the matching, plan or study that it made."""

    id: str
    programme: str
    kind: JobKind
    first_week: str = Field(examples=["2026-W48"])
    weeks: int
    state: JobState
    stage: str = Field(examples=["match"])
    share: float = Field(examples=[0.4])
    level: LevelSoFar | None = Field(description="The objective that a running match is at.")
    error: str = Field(
        description="Why it failed, as an English sentence; empty if it has not, or if a coordinator of one"
        " host did not start it."
    )
    error_code: str | None = Field(default=None, examples=["result_breaks_rules"])
    error_fields: dict[str, Any] = Field(default={}, description="What the sentence of the code names")
    result: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


def accepted(job: str, response: Response) -> JobAccepted:
    """Answer that a job was accepted."""
    response.headers["Location"] = f"/api/v1/jobs/{job}"
    return JobAccepted(job=job)


def job_shown(job: StoredJob, by: Reader) -> JobAnswer:
    """Return the API's view of a job; what went wrong may name anybody and is for who answers for the job.

    Of a study, those who do not see every row are told that it failed, and nothing else.
    """
    shown = {name: getattr(job, name) for name in JobAnswer.model_fields if not name.startswith("error")}
    if job.error is None or not answers_for(by, job.by_user):
        return JobAnswer(error="", **shown)
    hidden = job.kind is JobKind.STUDY and not sees_all(by)
    told = message("result_not_for_reader") if hidden else job.error
    return JobAnswer(
        error=sentence(told, "en"), error_code=told.code, error_fields=fields_json(told), **shown
    )
