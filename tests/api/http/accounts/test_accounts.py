"""Set-up, sign-in, keys and feeds: who gets in, and who no longer does."""

import pytest

from api.http.accounts.passwords import password_fits, password_hash
from data.store.people.tokens import secret_hash
from tests.api.http.conftest import PASSWORD, World

FIRST = {"login": "first", "password": PASSWORD}


def test_the_first_coordinator_is_made_with_the_code_in_the_data_folder(on_sqlite: World) -> None:
    world, folder = on_sqlite, on_sqlite.service.settings.data_dir
    assert world.client.post("/api/v1/setup", json=FIRST | {"code": "x"}).status_code == 404
    with world.service.store.writing() as c:
        for table in ("token", "session", "user"):
            c.exec_driver_sql(f'DELETE FROM "{table}"')
    (folder / "setup-code").write_text("secret code\n")
    assert world.client.post("/api/v1/setup", json=FIRST | {"code": "x"}).status_code == 403
    done = world.client.post("/api/v1/setup", json=FIRST | {"code": "secret code"})
    assert done.status_code == 201 and done.json()["programme"] == ""
    assert not (folder / "setup-code").exists()
    assert world.client.post("/api/v1/setup", json=FIRST | {"code": "secret code"}).status_code == 404


def test_attempts_are_limited_and_counted_for_unknown_logins_too(on_sqlite: World) -> None:
    for login in ("anna", "nobody"):
        wrong = {"login": login, "password": "wrong donkey accumulator"}
        answers = [on_sqlite.client.post("/api/v1/session", json=wrong) for _ in range(11)]
        assert [answer.status_code for answer in answers] == [401] * 10 + [429]
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 15 * 60 + 1
        assert answers[0].json()["detail"] == "login or password is wrong"
    right = {"login": "anna", "password": PASSWORD}
    assert on_sqlite.client.post("/api/v1/session", json=right).status_code == 429


def test_an_empty_hash_fits_no_password() -> None:
    assert password_fits(PASSWORD, password_hash(PASSWORD))
    assert not password_fits("", "") and not password_fits("nobody has this password", "")


@pytest.mark.parametrize("password", ["short", "x" * 201])
def test_a_password_is_neither_short_nor_endless(on_sqlite: World, password: str) -> None:
    asked = {"login": "new", "role": "coordinator", "programme": "test", "password": password}
    assert on_sqlite.by("coordinator").post("/api/v1/users", json=asked).status_code == 422


def test_a_user_who_is_switched_off_can_do_nothing_more(world: World) -> None:
    own, path = world.by("coordinator"), f"/api/v1/users/{world.ids['buddy']}"
    assert world.by("buddy").get("/api/v1/me").status_code == 200
    tag = own.get(path).headers["ETag"]
    assert own.patch(path, json={"active": False}, headers={"If-Match": tag}).status_code == 200
    assert own.patch(path, json={"active": True}, headers={"If-Match": tag}).status_code == 412
    assert world.by("buddy").get("/api/v1/me").status_code == 401
    assert world.client.get(f"/api/v1/feeds/{world.ids['feed']}.ics").status_code == 404
    given = {"login": "anna", "password": PASSWORD}
    assert world.client.post("/api/v1/session", json=given).status_code == 401


def test_a_changed_password_ends_the_sessions(world: World) -> None:
    here = {"Origin": "http://testserver"}
    world.client.post("/api/v1/session", json={"login": "anna", "password": PASSWORD})
    change = {"old": PASSWORD, "new": "wrong donkey accumulator"}
    assert world.client.put("/api/v1/me/password", json=change, headers=here).status_code == 204
    assert world.client.get("/api/v1/me").status_code == 401


def test_tokens_are_shown_once_kept_hashed_rotated_and_revoked(world: World) -> None:
    world.published()
    anna = world.by("buddy")
    made = anna.post("/api/v1/tokens", json={"kind": "feed", "label": "watch"}).json()
    assert world.client.get(made["feed"]).status_code == 200
    assert made["secret"] not in anna.get("/api/v1/tokens").text
    with world.service.store.reading() as c:
        kept = c.exec_driver_sql("SELECT hash FROM token").scalars().all()
    assert secret_hash(made["secret"]) in kept and made["secret"] not in kept
    path = f"/api/v1/tokens/{made['id']}"
    newer = anna.post(f"{path}/rotate").json()
    assert world.client.get(made["feed"]).status_code == 404
    assert world.client.get(newer["feed"]).status_code == 200
    assert anna.delete(f"/api/v1/tokens/{newer['id']}").status_code == 204
    assert world.client.get(newer["feed"]).status_code == 404
    assert world.by("viewer").post("/api/v1/tokens", json={"kind": "feed"}).status_code == 403


def test_nobody_rotates_the_token_of_another(world: World) -> None:
    made = world.by("buddy").post("/api/v1/tokens", json={"kind": "feed"}).json()
    assert world.by("coordinator").post(f"/api/v1/tokens/{made['id']}/rotate").status_code == 404
