"""A service with a small programme, matching and plan in its store, and a client for every role."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.accounts.passwords import password_hash
from api.http.app import create_app
from api.jobs.answering import Answering, Question, answered_of
from api.run.run import Run
from api.run.stored import StoredRuns
from api.service.settings import Settings
from api.service.wiring import Service, wired
from data.register.first_rows import fill_register
from data.store.database.store import sqlite_url
from data.store.people.tokens import Scope, TokenKind, keep_token
from data.store.people.users import NewUser, Role, add_user
from data.store.work.matchings import keep_matching
from data.store.work.plans import NewPlan, keep_draft
from data.store.work.problems import keep_import, keep_problem, packed
from data.store.work.programmes import keep_programme
from tests.api.runs import run
from tests.data.conftest import store

__all__ = ["store"]

PASSWORD = "correct horse battery"
PROGRAMME = "test"
USERS = {
    "office": NewUser("office", Role.COORDINATOR),
    "coordinator": NewUser("coordinator", Role.COORDINATOR, PROGRAMME),
    "host": NewUser("host", Role.COORDINATOR, PROGRAMME, "chamber"),
    "buddy": NewUser("anna", Role.BUDDY, PROGRAMME, buddy="anna"),
    "planner": NewUser("planner", Role.PLANNER, PROGRAMME),
    "viewer": NewUser("viewer", Role.VIEWER, PROGRAMME),
}


@dataclass
class World:
    """A running app, what is in its store, and a client for each role."""

    app: FastAPI
    service: Service
    run: Run
    client: TestClient
    matching: str
    plan: str
    keys: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def by(self, role: str) -> TestClient:
        """A client with the API key of a role; `nobody` has none."""
        headers = {"Authorization": f"Bearer {self.keys[role]}"} if role in self.keys else {}
        return TestClient(self.app, headers=headers, raise_server_exceptions=False)

    def published(self) -> None:
        """Publish the plan as the coordinator would."""
        own = self.by("coordinator")
        tag = own.get(f"/api/v1/plans/{self.plan}/affected").headers["ETag"]
        done = own.post(f"/api/v1/plans/{self.plan}/publish", headers={"If-Match": tag})
        assert done.status_code == 200, done.text


class SolvedHere(Answering):
    """Answers in this process, as a process of its own would."""

    def __init__(self, service: Service) -> None:
        super().__init__(service.store.url, 0)
        self._here = service.store, StoredRuns()

    def _answer(self, question: Question) -> Any:
        answered, found = answered_of(*self._here, question)
        if answered:
            return found
        raise found


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    yield from filled(database_url, tmp_path)


@pytest.fixture
def on_sqlite(migrated_file: Path, tmp_path: Path) -> Iterator[World]:
    """For tests in which the database plays no part."""
    yield from filled(sqlite_url(shutil.copy(migrated_file, tmp_path / "store.db")), tmp_path)


def filled(database_url: str, folder: Path, small: Run | None = None) -> Iterator[World]:
    """A service with everything in its store except a published plan."""
    settings = Settings(data_dir=folder / "data", database_url=database_url, plain_http=True, workers=1)
    service = wired(settings)
    small = small or run()
    assert small.matching
    with service.store.writing() as c:
        keep_programme(c, small.problem.programme, small.identities)
        keep_import(c, PROGRAMME, keep_problem(c, packed(small.problem, small.times, None)), 0, 0, "u")
        fill_register(c, PROGRAMME)
        matching = keep_matching(c, PROGRAMME, small.matching, None, None, "u")
        week = small.problem.horizon.first_week
        plan = keep_draft(c, NewPlan(PROGRAMME, matching, week, 1, small.weeks, "u"))
        hashed = password_hash(PASSWORD)
        users = {role: add_user(c, new, hashed) for role, new in USERS.items()}
        keys = {
            role: keep_token(c, user.id, TokenKind.API, "test", Scope.WRITE)[1]
            for role, user in users.items()
        }
        feed = keep_token(c, users["buddy"].id, TokenKind.FEED, "phone")[1]
    app = create_app(service)
    # Starting a process takes longer than most tests; `tests.api.http.frame.test_computing` has real ones.
    here = SolvedHere(service)
    app.state.app_state = replace(app.state.app_state, answering=here)
    with TestClient(app, raise_server_exceptions=False) as client:
        ids = {role: user.id for role, user in users.items()} | {"feed": feed}
        yield World(app, service, small, client, matching, plan, keys, ids)
    service.close()
