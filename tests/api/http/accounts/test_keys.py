"""Keys end, do no more than their scope, die with the password, and lie open before the office."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import MetaData, insert, select
from typer.testing import CliRunner

from api.cli.app import app
from api.http.app import RESOURCES
from api.service.settings import environment_of
from data.store.database.migrate import migrate
from data.store.database.store import Store
from data.store.people.tokens import Scope, TokenKind, keep_token
from data.store.tables import schema as s
from data.store.tables.utc import now
from tests.api.http.conftest import PASSWORD, World
from tests.data.store.rows import one_row_each

NEW = "wrong donkey accumulator"
READS = "/api/v1/companies"


def with_key(world: World, secret: str) -> TestClient:
    bearer = {"Authorization": f"Bearer {secret}"}
    return TestClient(world.app, headers=bearer, raise_server_exceptions=False)


def made(world: World, role: str = "coordinator", **asked: Any) -> dict[str, Any]:
    answer = world.by(role).post("/api/v1/tokens", json={"label": "script"} | asked)
    assert answer.status_code == 201, answer.text
    key: dict[str, Any] = answer.json()
    return key


def days_left(key: dict[str, Any]) -> int:
    return round((datetime.fromisoformat(key["expires_at"]) - now()) / timedelta(days=1))


def keep(world: World, role: str, until: timedelta, scope: Scope = Scope.WRITE) -> str:
    """Store a key that no route would make, and return its secret."""
    with world.service.store.writing() as c:
        return keep_token(c, world.ids[role], TokenKind.API, "", scope, now() + until)[1]


def test_a_key_ends_after_90_days_or_when_it_was_chosen_to_within_a_year(on_sqlite: World) -> None:
    with on_sqlite.service.store.writing() as c:  # so that the key that asks does not end first
        c.execute(s.token.update().values(expires_at=now() + timedelta(days=400)))
    assert [days_left(made(on_sqlite, **asked)) for asked in ({}, {"days": 7}, {"days": 365})] == [90, 7, 365]
    refused = on_sqlite.by("coordinator").post("/api/v1/tokens", json={"days": 366})
    assert refused.status_code == 422
    assert made(on_sqlite, "buddy", kind="feed")["expires_at"] is None


def test_a_key_that_has_ended_opens_nothing(world: World) -> None:
    running, ended = (keep(world, "coordinator", timedelta(seconds=span)) for span in (60, -1))
    assert with_key(world, running).get(READS).status_code == 200
    assert with_key(world, ended).get(READS).status_code == 401


def test_a_key_prolongs_neither_itself_nor_by_another(on_sqlite: World) -> None:
    short = with_key(on_sqlite, keep(on_sqlite, "coordinator", timedelta(days=3)))
    other = short.post("/api/v1/tokens", json={"days": 300}).json()
    assert days_left(other) == 3
    assert days_left(short.post(f"/api/v1/tokens/{other['id']}/rotate").json()) == 3


OF_ANYBODY = ("/setup", "/session", "/invitations/look", "/invitations/accept")
"""Routes on which no key counts."""


def writes() -> list[tuple[str, str]]:
    return sorted(
        (method, route.path)
        for resource in RESOURCES
        for route in resource.router.routes
        if isinstance(route, APIRoute) and "{token}.ics" not in route.path
        for method in route.methods - {"GET"}
        if route.path not in OF_ANYBODY or method == "DELETE"
    )


def test_a_key_that_only_reads_is_refused_every_write(on_sqlite: World) -> None:
    reading = with_key(on_sqlite, keep(on_sqlite, "office", timedelta(days=1), Scope.READ))
    assert reading.get(READS).status_code == 200
    assert len(writes()) > 20
    for method, path in writes():
        answer = reading.request(method, f"/api/v1{path}", json={}, headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["code"]) == (403, "key_only_reads"), (method, path)
    # Reading is what a key may do that says nothing else, and a refused write is in the audit log.
    assert made(on_sqlite)["scope"] == "read" and made(on_sqlite, scope="write")["scope"] == "write"
    refused = on_sqlite.by("office").get("/api/v1/audit?limit=200").json()["items"]
    assert {row["outcome"] for row in refused if row["action"].startswith("PATCH")} == {403}


def change_own(world: World) -> None:
    change = {"old": PASSWORD, "new": NEW}
    assert world.by("planner").put("/api/v1/me/password", json=change).status_code == 204


def patched(world: World, **change: Any) -> None:
    office, path = world.by("office"), f"/api/v1/users/{world.ids['planner']}"
    tag = office.get(path).headers["ETag"]
    assert office.patch(path, json=change, headers={"If-Match": tag}).status_code == 200


def by_command(world: World, *words: str) -> None:
    settings = environment_of(world.service.settings)
    done = CliRunner().invoke(app, ["user", *words], input=f"{NEW}\n", env=settings)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    "end",
    [
        change_own,
        lambda world: patched(world, password=NEW),
        lambda world: patched(world, active=False),
        lambda world: by_command(world, "password", "planner"),
        lambda world: by_command(world, "disable", "planner"),
    ],
    ids=["changed", "reset", "deactivated", "reset by command", "deactivated by command"],
)
def test_keys_and_sessions_end_with_the_password_and_the_user(
    world: World, end: Callable[[World], None]
) -> None:
    browser, key = TestClient(world.app), with_key(world, keep(world, "planner", timedelta(days=1)))
    browser.post("/api/v1/session", json={"login": "planner", "password": PASSWORD})
    assert browser.get("/api/v1/me").status_code == key.get("/api/v1/me").status_code == 200
    end(world)
    assert browser.get("/api/v1/me").status_code == key.get("/api/v1/me").status_code == 401
    assert world.by("coordinator").get("/api/v1/me").status_code == 200


def test_the_office_of_all_hosts_lists_and_revokes_the_keys_of_its_programme(world: World) -> None:
    key = made(world, "host", label="export", scope="write")
    own = with_key(world, key["secret"])
    office = world.by("coordinator")
    listed = {each["id"]: each for each in office.get("/api/v1/keys?limit=200").json()["items"]}
    assert key["secret"] not in str(listed)
    assert {name: listed[key["id"]][name] for name in ("login", "label", "scope", "kind")} == {
        "login": "host",
        "label": "export",
        "scope": "write",
        "kind": "api",
    }
    assert {each["kind"] for each in listed.values()} == {"api", "feed"}
    # The office of all programmes is nobody of this programme.
    assert "office" not in {each["login"] for each in listed.values()}
    assert own.get("/api/v1/me").status_code == 200
    assert office.delete(f"/api/v1/keys/{key['id']}").status_code == 204
    assert own.get("/api/v1/me").status_code == 401
    assert office.delete(f"/api/v1/keys/{key['id']}").status_code == 404
    (row,) = world.by("office").get("/api/v1/audit?limit=1").json()["items"]
    assert row["action"] == "DELETE /api/v1/keys/{key}" and row["outcome"] == 404
    rows = world.by("office").get("/api/v1/audit?limit=2").json()["items"]
    assert rows[1]["subject"] == f"key={key['id']} user={world.ids['host']}"


def test_a_key_of_another_programme_is_not_there(world: World) -> None:
    key = made(world, "office")
    assert world.by("coordinator").delete(f"/api/v1/keys/{key['id']}").status_code == 404
    everybody = world.by("office").get("/api/v1/keys?limit=200").json()["items"]
    assert {"office", "coordinator", "anna"} <= {each["login"] for each in everybody}
    assert world.by("office").delete(f"/api/v1/keys/{key['id']}").status_code == 204


def test_keys_of_an_earlier_version_get_an_end_and_keep_what_they_may(empty_database_url: str) -> None:
    store = Store(empty_database_url)
    migrate(store, "0007")
    row = one_row_each(s.token) | {"revoked_at": None}
    told = {
        "endless": {"kind": "api", "expires_at": None},
        "long": {"kind": "api", "expires_at": datetime(2090, 1, 1, tzinfo=UTC)},
        "short": {"kind": "api", "expires_at": datetime(2026, 1, 1, tzinfo=UTC)},
        "feed": {"kind": "feed", "expires_at": None},
    }
    with store.writing(shown=False) as c:
        first = MetaData()
        first.reflect(c, only=["user"])
        user = {name: each for name, each in one_row_each(s.user).items() if name in first.tables["user"].c}
        c.execute(insert(s.user).values(**user))
        for key, values in told.items():
            old = {name: value for name, value in row.items() if name != "scope"}
            c.execute(insert(s.token).values(**old | values | {"id": key, "hash": key}))
    migrate(store)
    with store.reading() as c:
        kept = {each.id: each for each in c.execute(select(s.token))}
    assert {key: each.scope for key, each in kept.items()} == {
        "endless": "write",
        "long": "write",
        "short": "write",
        "feed": "read",
    }
    for key in ("endless", "long"):
        assert timedelta(days=89) < kept[key].expires_at - now() <= timedelta(days=90)
    assert kept["short"].expires_at == told["short"]["expires_at"] and kept["feed"].expires_at is None
    store.close()
