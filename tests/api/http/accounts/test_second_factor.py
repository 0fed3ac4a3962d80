"""The second factor: asked for at sign-in, each code once, guesses counted, reset by the office."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from typer.testing import CliRunner

from api.cli.app import app as command
from api.http.accounts import codes
from api.http.app import create_app
from api.service.settings import environment_of
from data.store.people.sign_ins import OF_STRANGERS
from data.store.tables import schema as s
from data.store.tables.utc import now
from tests.api.http.conftest import PASSWORD, World

OWN = "/api/v1/me/second-factor"
PROOF = {"X-Requested-With": "test"}
HALF_MINUTE = timedelta(seconds=30)


def sign_in(world: World, login: str = "coordinator", **given: str) -> tuple[TestClient, Any]:
    client = TestClient(world.app, headers=PROOF, raise_server_exceptions=False)
    asked = {"login": login, "password": PASSWORD} | given
    return client, client.post("/api/v1/session", json=asked)


class App:
    """An authenticator app; `later` lets half minutes go by, as a patient person would."""

    def __init__(self, secret: str, patched: pytest.MonkeyPatch) -> None:
        self.totp, self.moment, self.patched = pyotp.TOTP(secret), now(), patched

    def code(self) -> str:
        return self.totp.at(self.moment)

    def later(self, steps: int = 1) -> str:
        self.moment += steps * HALF_MINUTE
        self.patched.setattr(codes, "now", lambda: self.moment)
        return self.code()


def switched_on(
    world: World, patched: pytest.MonkeyPatch, login: str = "coordinator"
) -> tuple[App, list[str]]:
    client, _ = sign_in(world, login)
    begun = client.post(OWN, json={"password": PASSWORD})
    assert begun.status_code == 201, begun.text
    app = App(begun.json()["secret"], patched)
    assert f"secret={begun.json()['secret']}" in begun.json()["uri"]
    done = client.post(f"{OWN}/on", json={"code": app.later(0)})
    assert done.status_code == 200, done.text
    return app, done.json()["codes"]


def test_the_password_alone_is_no_longer_enough(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app, recovery = switched_on(world, monkeypatch)
    assert len(set(recovery)) == 10
    _, bare = sign_in(world)
    assert (bare.status_code, bare.json()["code"]) == (401, "code_needed")
    assert "set-cookie" not in bare.headers
    _, wrong = sign_in(world, password="wrong donkey accumulator", code=app.later())
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_sign_in")
    client, right = sign_in(world, code=app.later())
    assert right.status_code == 201 and right.json()["second_factor"]
    assert client.get(OWN).json() == {"is_on": True, "recovery_codes_left": 10}
    # Others are not asked.
    assert sign_in(world, "planner")[1].status_code == 201


def test_a_code_is_used_once_and_no_earlier_one_after_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = switched_on(world, monkeypatch)
    before, code = app.code(), app.later()
    assert sign_in(world, code=before)[1].status_code == 401  # the one that switched it on
    assert sign_in(world, code=code)[1].status_code == 201
    for again in (code, before):
        answer = sign_in(world, code=again)[1]
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_code")
    assert sign_in(world, code=f" {app.later()[:3]} {app.code()[3:]} ")[1].status_code == 201


def test_a_code_used_by_many_at_once_lets_one_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app, recovery = switched_on(world, monkeypatch)
    for code in (app.later(), recovery[0]):
        with ThreadPoolExecutor(8) as threads:
            seen = list(threads.map(lambda _, code=code: sign_in(world, code=code)[1].status_code, range(8)))
        assert seen.count(201) == 1, seen


def test_codes_of_half_a_minute_ago_are_taken_and_older_ones_are_not(
    on_sqlite: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = switched_on(on_sqlite, monkeypatch)
    old, before = app.later(2), app.later()
    app.later()
    assert sign_in(on_sqlite, code=old)[1].status_code == 401
    assert sign_in(on_sqlite, code=before)[1].status_code == 201


def test_a_recovery_code_stands_in_once_and_is_kept_hashed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, recovery = switched_on(world, monkeypatch)
    with world.service.store.reading() as c:
        kept = c.execute(select(s.recovery_code.c.hash)).scalars().all()
    assert len(kept) == 10 and all(len(each) == 64 for each in kept)
    client, right = sign_in(world, code=recovery[3].lower())
    assert right.status_code == 201
    assert client.get(OWN).json()["recovery_codes_left"] == 9
    assert sign_in(world, code=recovery[3])[1].status_code == 401
    newer = client.post(f"{OWN}/codes", json={"password": PASSWORD}).json()["codes"]
    assert sign_in(world, code=recovery[4])[1].status_code == 401
    assert sign_in(world, code=newer[0])[1].status_code == 201


def test_guesses_at_codes_are_counted_and_do_not_lock_out_a_known_device(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = switched_on(world, monkeypatch)
    owner, done = sign_in(world, code=app.later())
    assert done.status_code == 201
    seen = [sign_in(world, code="000000")[1].status_code for _ in range(OF_STRANGERS + 1)]
    assert seen == [401] * OF_STRANGERS + [429]
    assert sign_in(world, code=app.later())[1].status_code == 429
    right = {"login": "coordinator", "password": PASSWORD, "code": app.code()}
    assert owner.post("/api/v1/session", json=right).status_code == 201


def test_on_and_off_need_the_password(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _ = sign_in(world)
    wrong = {"password": "wrong donkey accumulator"}
    assert client.post(OWN, json=wrong).status_code == 401
    assert client.post(f"{OWN}/on", json={"code": "123456"}).status_code == 401
    app, _ = switched_on(world, monkeypatch)
    client, _ = sign_in(world, code=app.later())
    assert client.post(OWN, json={"password": PASSWORD}).status_code == 409
    assert client.post(f"{OWN}/off", json=wrong).status_code == 401
    assert sign_in(world)[1].status_code == 401
    assert client.post(f"{OWN}/off", json={"password": PASSWORD}).status_code == 204
    assert sign_in(world)[1].status_code == 201
    with world.service.store.reading() as c:
        assert c.execute(select(s.recovery_code)).all() == []


def test_one_that_was_only_begun_is_not_asked_for(on_sqlite: World) -> None:
    client, _ = sign_in(on_sqlite)
    assert client.post(OWN, json={"password": PASSWORD}).status_code == 201
    assert client.get(OWN).json()["is_on"] is False
    assert sign_in(on_sqlite)[1].status_code == 201


def test_the_database_does_not_tell_the_secret(on_sqlite: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app, recovery = switched_on(on_sqlite, monkeypatch)
    store = Path(on_sqlite.service.store.url.removeprefix("sqlite:///"))
    held = store.read_bytes() + store.with_name(f"{store.name}-wal").read_bytes()
    for secret in (app.totp.secret.encode(), app.totp.byte_secret(), *(each.encode() for each in recovery)):
        assert secret not in held and secret.replace(b"-", b"") not in held


def test_the_office_resets_that_of_another(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app, _ = switched_on(world, monkeypatch, "host")
    client, _ = sign_in(world, "host", code=app.later())
    path = f"/api/v1/users/{world.ids['host']}/second-factor"
    assert world.by("host").delete(path).status_code == 403
    office = world.by("coordinator")
    assert office.get(f"/api/v1/users/{world.ids['host']}").json()["second_factor"]
    assert office.delete(path).status_code == 204
    assert client.get("/api/v1/me").status_code == 401
    assert sign_in(world, "host")[1].status_code == 201
    assert office.delete(f"/api/v1/users/{world.ids['office']}/second-factor").status_code == 404


def test_the_operator_resets_one_by_command(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    switched_on(world, monkeypatch)
    settings = environment_of(world.service.settings)
    done = CliRunner().invoke(command, ["user", "reset", "coordinator"], env=settings)
    assert done.exit_code == 0, done.output
    assert sign_in(world)[1].status_code == 201
    assert CliRunner().invoke(command, ["user", "reset", "nobody"], env=settings).exit_code == 2


@pytest.fixture
def compulsory(on_sqlite: World) -> Iterator[World]:
    settings = on_sqlite.service.settings.model_copy(update={"second_factor_for_coordinators": True})
    app = create_app(replace(on_sqlite.service, settings=settings))
    with TestClient(app):
        yield replace(on_sqlite, app=app)


def test_where_it_is_compulsory_coordinators_do_nothing_without(
    compulsory: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, done = sign_in(compulsory)
    assert done.status_code == 201 and client.get("/api/v1/me").status_code == 200
    for path in ("/api/v1/companies", "/api/v1/tokens", "/api/v1/users"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")
    assert client.post("/api/v1/tokens", json={}).json()["code"] == "second_factor_required"
    app, _ = switched_on(compulsory, monkeypatch)
    client, _ = sign_in(compulsory, code=app.later())
    assert client.get("/api/v1/companies").status_code == 200
    assert sign_in(compulsory, "planner")[0].get("/api/v1/scenarios").status_code == 200
