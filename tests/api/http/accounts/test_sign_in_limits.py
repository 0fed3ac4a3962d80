"""Limits of sign-in that slow down guessing, cannot be evaded, and cannot lock others out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.accounts import session
from api.http.app import create_app
from api.http.frame.auth import sign_in_key
from data.store.database.store import Store
from data.store.people.sign_ins import (
    LONGEST_DELAY_S,
    OF_ADDRESS,
    OF_STRANGERS,
    WINDOW,
    Counter,
    count_guess,
    of_address,
    of_known,
    of_strangers,
    take_back,
)
from tests.api.http.conftest import PASSWORD, World

RIGHT = {"login": "anna", "password": PASSWORD}
WRONG = {"login": "anna", "password": "wrong donkey accumulator"}
PROXY = "10.1.2.3"
MOMENT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def guesses(client: TestClient, number: int, **headers: str) -> list[int]:
    return [client.post("/api/v1/session", json=WRONG, headers=headers).status_code for _ in range(number)]


@pytest.fixture
def behind_proxy(on_sqlite: World) -> Iterator[FastAPI]:
    settings = on_sqlite.service.settings.model_copy(update={"trusted_proxies": PROXY})
    app = create_app(replace(on_sqlite.service, settings=settings))
    with TestClient(app):
        yield app


def test_a_stranger_s_guesses_do_not_lock_out_a_known_device(on_sqlite: World) -> None:
    owner = TestClient(on_sqlite.app)
    assert owner.post("/api/v1/session", json=RIGHT).status_code == 201
    owner.delete("/api/v1/session", headers={"X-Requested-With": "test"})
    stranger = TestClient(on_sqlite.app)
    assert guesses(stranger, OF_STRANGERS + 1) == [401] * OF_STRANGERS + [429]
    assert stranger.post("/api/v1/session", json=RIGHT).status_code == 429
    assert owner.post("/api/v1/session", json=RIGHT).status_code == 201


def test_a_device_is_known_for_its_own_logins_alone(on_sqlite: World) -> None:
    shared = TestClient(on_sqlite.app)
    for login in ("anna", "planner"):
        assert shared.post("/api/v1/session", json=RIGHT | {"login": login}).status_code == 201
    guesses(TestClient(on_sqlite.app), OF_STRANGERS)
    for login in ("planner", "viewer"):
        stranger = TestClient(on_sqlite.app)
        for _ in range(OF_STRANGERS):
            stranger.post("/api/v1/session", json=WRONG | {"login": login})
    seen = {
        login: shared.post("/api/v1/session", json=RIGHT | {"login": login}).status_code
        for login in ("anna", "planner", "viewer")
    }
    assert seen == {"anna": 201, "planner": 201, "viewer": 429}


def test_a_made_up_device_is_a_stranger(on_sqlite: World) -> None:
    stranger = TestClient(on_sqlite.app)
    stranger.cookies.set("buddyplan_device", f"abc.{'0' * 32}")
    assert guesses(stranger, OF_STRANGERS + 1)[-1] == 429


def test_a_known_device_waits_longer_with_each_failure_but_never_long() -> None:
    known = of_known(b"key", "phone anna")
    waits = [known.wait_seconds([MOMENT] * failures, MOMENT) for failures in range(14)]
    assert waits[:8] == [0, 0, 0, 0, 0, 2, 3, 5] and max(waits) == LONGEST_DELAY_S + 1
    assert known.wait_seconds([MOMENT] * 14, MOMENT + timedelta(seconds=LONGEST_DELAY_S + 1)) == 0
    stranger = of_strangers(b"key", "anna")
    assert stranger.wait_seconds([MOMENT] * 10, MOMENT + WINDOW / 2) == WINDOW.total_seconds() / 2 + 1


def test_an_attacker_in_somebody_s_session_is_slowed_down_at_the_old_password(on_sqlite: World) -> None:
    anna = on_sqlite.by("buddy")
    change = {"old": WRONG["password"], "new": "another good passphrase"}
    assert {anna.put("/api/v1/me/password", json=change).status_code for _ in range(5)} == {401}
    refused = anna.put("/api/v1/me/password", json=change | {"old": PASSWORD})
    assert refused.status_code == 429 and 0 < int(refused.headers["Retry-After"]) <= 3


def test_wrong_guesses_at_a_login_leave_its_session_free_to_change_the_password(on_sqlite: World) -> None:
    guesses(TestClient(on_sqlite.app), OF_STRANGERS)
    change = {"old": PASSWORD, "new": "another good passphrase"}
    assert on_sqlite.by("buddy").put("/api/v1/me/password", json=change).status_code == 204


def test_guesses_made_at_once_are_no_more_than_the_limit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    monkeypatch.setattr(session, "password_fits", lambda *given: checked.append(given) and False)
    with ThreadPoolExecutor(33) as threads:
        seen = list(threads.map(lambda _: guesses(TestClient(world.app), 1)[0], range(33)))
    assert len(checked) == OF_STRANGERS
    assert sorted(seen) == [401] * OF_STRANGERS + [429] * (33 - OF_STRANGERS)


def test_the_right_password_is_not_counted(on_sqlite: World) -> None:
    seen = [TestClient(on_sqlite.app).post("/api/v1/session", json=RIGHT).status_code for _ in range(12)]
    assert set(seen) == {201}


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "192.0.2.7"])
def test_a_made_up_address_does_not_evade_the_limit(on_sqlite: World, peer: str, header: str) -> None:
    seen = set()
    for number in range(OF_ADDRESS + 1):
        stranger = TestClient(on_sqlite.app, client=(peer, 5000))
        headers = {header: f"for=198.51.100.{number}" if header == "Forwarded" else f"198.51.100.{number}"}
        asked = WRONG | {"login": f"login{number}"}
        seen.add(stranger.post("/api/v1/session", json=asked, headers=headers).status_code)
    assert seen == {401, 429}


def test_behind_a_trusted_proxy_users_do_not_share_one_address(behind_proxy: FastAPI) -> None:
    def guess(address: str, login: str) -> int:
        client = TestClient(behind_proxy, client=(PROXY, 5000))
        # A client may send the header too; the proxy adds the address that it sees to it.
        headers = {"X-Forwarded-For": f"203.0.113.9, {address}"}
        return client.post("/api/v1/session", json=WRONG | {"login": login}, headers=headers).status_code

    seen = [guess("198.51.100.1", f"login{number}") for number in range(OF_ADDRESS + 1)]
    assert seen == [401] * OF_ADDRESS + [429]
    assert guess("198.51.100.2", "somebody") == 401


def test_only_a_trusted_proxy_is_believed(behind_proxy: FastAPI) -> None:
    stranger = TestClient(behind_proxy, client=("10.1.2.4", 5000))
    answer = stranger.post("/api/v1/session", json=RIGHT, headers={"X-Forwarded-Proto": "https"})
    assert "secure" not in answer.headers["Set-Cookie"].lower()
    client = TestClient(behind_proxy, client=(PROXY, 5000))
    answer = client.post("/api/v1/session", json=RIGHT, headers={"X-Forwarded-Proto": "https"})
    assert "__Host-buddyplan_session=" in answer.headers["Set-Cookie"]


def test_one_line_of_ipv6_is_one_address() -> None:
    near, same, far = (of_address(b"key", f"2001:db8:{last}") for last in ("1::5", "1::6", "1:1::5"))
    assert near != far and near == same == of_address(b"key", "2001:db8:1::ffff")
    assert of_address(b"key", "192.0.2.1") != of_address(b"key", "192.0.2.2")


def test_failures_are_kept_as_keyed_hashes(store: Store) -> None:
    assert of_strangers(b"key", "anna") != of_strangers(b"other", "anna")
    few, place = Counter("a" * 64, 2), Counter("b" * 64, 3)
    with store.writing() as c:
        assert not count_guess(c, (few, place)).wait_seconds
        second = count_guess(c, (few, place))
        assert count_guess(c, (few, place)).wait_seconds > 0
        take_back(c, second)
        assert not count_guess(c, (few, place)).wait_seconds
        # The address has failed twice now, whichever login it tries; what had to wait was not counted.
        assert not count_guess(c, (Counter("c" * 64, 2), place)).wait_seconds
        assert count_guess(c, (Counter("d" * 64, 2), place)).wait_seconds > 0


def test_all_who_need_the_key_first_at_once_get_the_same(tmp_path: Path) -> None:
    for number in range(20):
        folder = tmp_path / str(number)
        together = Barrier(8)

        def asked(_: int, folder: Path = folder, together: Barrier = together) -> bytes:
            together.wait()
            return sign_in_key.__wrapped__(folder)

        with ThreadPoolExecutor(8) as threads:
            keys = set(threads.map(asked, range(8)))
        assert [len(key) for key in keys] == [32]
        assert [path.name for path in folder.iterdir()] == ["sign-in-key"]
