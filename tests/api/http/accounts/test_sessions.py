"""Sessions: listed in few words, ended one by one or all at once, and over when nobody uses them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update

from api.http.accounts.agents import LONGEST, agent_words
from api.http.app import create_app
from data.store.people.sessions import note_seen
from data.store.people.tokens import secret_hash
from data.store.tables import schema as s
from data.store.tables.utc import now
from tests.api.http.conftest import PASSWORD, World

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
PROOF = {"X-Requested-With": "test"}


def browser(app: FastAPI, login: str = "anna", agent: str = DESK) -> TestClient:
    client = TestClient(app, headers=PROOF | {"User-Agent": agent})
    assert client.post("/api/v1/session", json={"login": login, "password": PASSWORD}).status_code == 201
    return client


def is_in(client: TestClient) -> bool:
    return client.get("/api/v1/me").status_code == 200


def unused_for(world: World, client: TestClient, span: timedelta) -> None:
    """Put a session's last use into the past, as if time had gone by."""
    secret, moment = client.cookies["buddyplan_session"], now() - span
    with world.service.store.writing() as c:
        note_seen(c, secret, moment)
    world.app.state.app_state.seen.put(secret_hash(secret), moment)


def test_sessions_are_listed_with_browser_and_system(world: World) -> None:
    phone, desk = browser(world.app, agent=PHONE), browser(world.app)
    browser(world.app, "planner")
    listed = desk.get("/api/v1/me/sessions").json()
    assert {each["agent"]: each["here"] for each in listed} == {
        "Mobile Safari, iOS": False,
        "Firefox, Linux": True,
    }
    for each in listed:
        assert each["begun_at"] <= each["seen_at"] < each["expires_at"]
    assert phone.cookies["buddyplan_session"] not in str(listed)


def test_one_session_is_ended_and_the_others_go_on(world: World) -> None:
    phone, desk, other = browser(world.app, agent=PHONE), browser(world.app), browser(world.app, "planner")
    (key,) = [each["id"] for each in desk.get("/api/v1/me/sessions").json() if not each["here"]]
    assert other.delete(f"/api/v1/me/sessions/{key}").status_code == 404
    assert desk.delete(f"/api/v1/me/sessions/{key}").status_code == 204
    assert (is_in(phone), is_in(desk), is_in(other)) == (False, True, True)
    assert desk.delete(f"/api/v1/me/sessions/{key}").status_code == 404


def test_all_sessions_are_ended_at_once(world: World) -> None:
    phone, desk, other = browser(world.app, agent=PHONE), browser(world.app), browser(world.app, "planner")
    assert desk.delete("/api/v1/me/sessions").status_code == 204
    assert (is_in(phone), is_in(desk), is_in(other)) == (False, False, True)


@pytest.mark.parametrize(("login", "minutes"), [("planner", 60), ("anna", 240)])
def test_a_session_that_nobody_uses_ends(world: World, login: str, minutes: int) -> None:
    client = browser(world.app, login)
    unused_for(world, client, timedelta(minutes=minutes - 1))
    assert is_in(client)
    # It was in use again, so the time begins anew.
    assert is_in(client)
    unused_for(world, client, timedelta(minutes=minutes, seconds=1))
    assert not is_in(client)
    with world.service.store.reading() as c:
        assert c.execute(s.session.select()).all() == []


@pytest.fixture
def two_processes(world: World) -> Iterator[tuple[FastAPI, FastAPI]]:
    second = create_app(replace(world.service))
    with TestClient(second):
        yield world.app, second


def test_what_another_process_saw_counts(world: World, two_processes: tuple[FastAPI, FastAPI]) -> None:
    client = browser(world.app, "planner")
    there = TestClient(two_processes[1], cookies=client.cookies)
    unused_for(world, client, timedelta(minutes=59))
    assert is_in(client)  # this one now knows of a use 59 minutes ago
    with world.service.store.writing(shown=False) as c:
        c.execute(update(s.session).values(seen_at=now() - timedelta(minutes=50)))
    assert is_in(there) and is_in(client)


def test_a_session_does_not_outlast_its_hours_however_much_it_is_used(world: World) -> None:
    client = browser(world.app)
    with world.service.store.writing() as c:
        c.execute(update(s.session).values(expires_at=now() - timedelta(seconds=1)))
    assert not is_in(client)


def test_uses_are_stored_to_the_minute_and_not_with_every_request(on_sqlite: World) -> None:
    client, store = browser(on_sqlite.app), on_sqlite.service.store
    unused_for(on_sqlite, client, timedelta(minutes=2))
    with store.reading() as c:
        before = c.execute(s.session.select()).one().seen_at
    seen = set()
    for _ in range(3):
        assert is_in(client)
        with store.reading() as c:
            seen.add(c.execute(s.session.select()).one().seen_at)
    assert len(seen) == 1 and before not in seen


@pytest.mark.parametrize("told", ["", "x" * 5000, "<script>alert(1)</script>", "Mozilla/5.0 (" * 2000])
def test_whatever_a_browser_says_it_is_stays_short(told: str) -> None:
    assert len(agent_words(told)) <= LONGEST and "<" not in agent_words(told)
