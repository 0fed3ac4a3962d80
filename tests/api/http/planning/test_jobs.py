"""Trust 5, who may cancel what: a coordinator of one host stops own jobs, and no job of the office."""

import json
from datetime import timedelta

import pytest

from api.jobs.inputs import MatchInput
from data.base.message import message
from data.store.work.jobs import JobKind, JobState, NewJob, claim, end_job, job_of, keep_job
from tests.api.http.conftest import PROGRAMME, World

WHO = ("office", "coordinator", "host", "planner", "buddy")
SAID = message("no_buddy", buddy="ben")


def job_by(world: World, who: str) -> str:
    """A queued match that this user has started."""
    wanted = MatchInput(problem="any").model_dump(mode="json")
    with world.service.store.writing() as c:
        return keep_job(c, NewJob(PROGRAMME, JobKind.MATCH, "2026-W48", 1, wanted, world.ids[who]))


def failed_job_by(world: World, who: str) -> str:
    key = job_by(world, who)
    with world.service.store.writing() as c:
        claim(c, key, timedelta(minutes=1))
        end_job(c, key, 1, JobState.FAILED, error=SAID)
    return key


@pytest.mark.parametrize(
    ("by", "started", "status"),
    [
        *((who, who, 202) for who in WHO),
        *((who, other, 202) for who in WHO[:2] for other in WHO if other != who),
        *(("host", other, 403) for other in WHO if other != "host"),
        *((who, other, 404) for who in WHO[3:] for other in WHO if other != who),
    ],
)
def test_who_may_cancel_whose_job(on_sqlite: World, by: str, started: str, status: int) -> None:
    key = job_by(on_sqlite, started)
    assert on_sqlite.by(by).delete(f"/api/v1/jobs/{key}").status_code == status
    with on_sqlite.service.store.reading() as c:
        assert (job_of(c, key).state is JobState.CANCELLED) is (status == 202)


def test_one_host_sees_that_the_offices_job_failed_and_not_about_whom(on_sqlite: World) -> None:
    own, others = failed_job_by(on_sqlite, "host"), failed_job_by(on_sqlite, "coordinator")
    listed = {job["id"]: job for job in on_sqlite.by("host").get("/api/v1/jobs").json()["items"]}
    events = on_sqlite.by("host").get(f"/api/v1/jobs/{others}/events").text
    told = json.loads(next(line for line in events.splitlines() if line.startswith("data:"))[5:])
    for shown in (listed[others], told, on_sqlite.by("host").get(f"/api/v1/jobs/{others}").json()):
        assert (shown["state"], shown["error"], shown["error_fields"]) == ("failed", "", {})
    assert listed[own]["error_fields"] == {"buddy": "ben"}
    whole = on_sqlite.by("coordinator").get(f"/api/v1/jobs/{others}").json()
    assert whole["error_fields"] == {"buddy": "ben"}
