"""What the tests of invitations ask, as a coordinator and as somebody who is invited."""

from typing import Any

import httpx
from fastapi.testclient import TestClient
from sqlalchemy import update

from data.store.tables import schema as s
from data.store.tables.utc import now
from tests.api.http.conftest import World

PATH = "/api/v1/invitations"
BEN = {"login": "ben", "role": "buddy", "programme": "test", "buddy": "ben"}
CHOSEN = "wrong donkey accumulator"


def invited(world: World, by: str = "coordinator", **asked: Any) -> dict[str, Any]:
    """Invite one person, Ben if nobody is named, and return what is told."""
    answer = world.by(by).post(PATH, json=asked or {"people": [BEN]})
    assert answer.status_code == 201, answer.text
    (made,) = answer.json()
    return dict(made)


def accepted(world: World, code: str, password: str = CHOSEN) -> httpx.Response:
    """Choose a password in a browser of one's own."""
    return stranger(world).post(f"{PATH}/accept", json={"code": code, "password": password})


def looked(world: World, code: str) -> httpx.Response:
    """Ask for whom an invitation is."""
    return stranger(world).post(f"{PATH}/look", json={"code": code})


def stranger(world: World) -> TestClient:
    """A browser in which nobody is signed in."""
    return TestClient(world.app, raise_server_exceptions=False)


def signs_in(world: World, login: str, password: str) -> int:
    """Return the status of a sign-in."""
    given = {"login": login, "password": password}
    return stranger(world).post("/api/v1/session", json=given).status_code


def listed(world: World, by: str = "coordinator") -> dict[str, str]:
    """Return the state of every invitation by login."""
    return {each["login"]: each["state"] for each in world.by(by).get(PATH).json()["items"]}


def expire(world: World) -> None:
    """Let the time of all invitations be over."""
    with world.service.store.writing() as c:
        c.execute(update(s.invitation).values(expires_at=now()))
