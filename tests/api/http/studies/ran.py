"""A study submitted over HTTP and computed as by a solver."""

from datetime import timedelta
from typing import Any

from httpx2 import Response

from api.jobs.solver import solve
from data.store.work.jobs import JobKind, claim
from tests.api.http.conftest import World


def ran(world: World, role: str, **asked: Any) -> str:
    """Submit a scenario, compute it, and return the study's id."""
    return computed(world, role, world.by(role).post("/api/v1/studies", json=asked))


def computed(world: World, role: str, answer: Response) -> str:
    """Compute the job in an answer, and return the study's id."""
    assert answer.status_code == 202, answer.text
    key = answer.json()["job"]
    assert answer.headers["Location"] == f"/api/v1/jobs/{key}"
    store = world.service.store
    with store.writing() as c:
        taken = claim(c, key, timedelta(seconds=60))
    assert taken and taken.kind is JobKind.STUDY
    solve(store, taken, world.service.settings)
    told = world.by(role).get(f"/api/v1/jobs/{key}").json()
    assert told["state"] == "done", told
    return str(told["result"])
