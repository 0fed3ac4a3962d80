"""An invitation is accepted once, in its time, by whoever has its code."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pyotp
import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from data.store.people.audit import audit_before
from data.store.people.sign_ins import OF_ADDRESS
from data.store.tables import schema as s
from tests.api.http.conftest import PASSWORD, World
from tests.api.http.invitations.asking import (
    BEN,
    CHOSEN,
    PATH,
    accepted,
    expire,
    invited,
    listed,
    looked,
    signs_in,
    stranger,
)


def test_who_is_invited_chooses_a_password_and_is_signed_in(world: World) -> None:
    made = invited(world)
    assert made["link"] == f"http://testserver/invitation#{made['code']}"
    assert made["name"] == "Ben Birke" and listed(world) == {"ben": "open"}
    assert signs_in(world, "ben", "") == signs_in(world, "ben", CHOSEN) == 401
    shown = looked(world, made["code"])
    assert (shown.status_code, shown.json()["name"], shown.json()["login"]) == (200, "Ben Birke", "ben")
    phone = stranger(world)
    given = {"code": made["code"].lower().replace("-", " "), "password": CHOSEN}
    assert phone.post(f"{PATH}/accept", json=given).status_code == 201
    assert phone.get("/api/v1/me").json()["buddy"] == "ben"
    assert signs_in(world, "ben", CHOSEN) == 201 and listed(world) == {"ben": "used"}


def test_a_link_is_used_once(world: World) -> None:
    code = invited(world)["code"]
    assert accepted(world, code).status_code == 201
    for again in (accepted(world, code, "another good passphrase"), looked(world, code)):
        assert (again.status_code, again.json()["code"]) == (409, "invitation_used")
    assert signs_in(world, "ben", "another good passphrase") == 401


def test_of_two_who_use_a_link_at_once_one_is_refused(world: World) -> None:
    code, at_once = invited(world)["code"], Barrier(2)

    def accept(password: str) -> int:
        at_once.wait()
        return accepted(world, code, password).status_code

    tried = ("wrong donkey accumulator", "another good passphrase")
    with ThreadPoolExecutor(2) as threads:
        seen = list(threads.map(accept, tried))
    assert sorted(seen) == [201, 409]
    right = [signs_in(world, "ben", each) == 201 for each in tried]
    assert right == [status == 201 for status in seen]


def test_a_link_ends_after_its_time(on_sqlite: World) -> None:
    code = invited(on_sqlite)["code"]
    expire(on_sqlite)
    for refused in (looked(on_sqlite, code), accepted(on_sqlite, code)):
        assert (refused.status_code, refused.json()["code"]) == (409, "invitation_expired")
    assert listed(on_sqlite) == {"ben": "expired"} and signs_in(on_sqlite, "ben", CHOSEN) == 401


def test_a_password_that_is_easily_guessed_uses_nothing_up(on_sqlite: World) -> None:
    code = invited(on_sqlite)["code"]
    for weak in ("short", "passwortpasswort", "benbenbenben"):
        assert accepted(on_sqlite, code, weak).status_code == 422
    assert listed(on_sqlite) == {"ben": "open"} and accepted(on_sqlite, code).status_code == 201


def test_wrong_codes_are_counted_and_the_right_one_is_not(on_sqlite: World) -> None:
    code = invited(on_sqlite)["code"]
    assert {looked(on_sqlite, code).status_code for _ in range(OF_ADDRESS + 1)} == {200}
    half = OF_ADDRESS // 2
    assert {looked(on_sqlite, "AAAA-BBBB").status_code for _ in range(half)} == {403}
    assert {accepted(on_sqlite, "AAAA-BBBB").status_code for _ in range(half)} == {403}
    waiting = accepted(on_sqlite, code)
    assert waiting.status_code == 429 and int(waiting.headers["Retry-After"]) > 0


def test_a_forgotten_password_works_until_a_new_one_is_chosen(on_sqlite: World) -> None:
    code = invited(on_sqlite, users=[on_sqlite.ids["buddy"]])["code"]
    assert signs_in(on_sqlite, "anna", PASSWORD) == 201
    key = on_sqlite.by("buddy")
    assert accepted(on_sqlite, code).status_code == 201
    assert signs_in(on_sqlite, "anna", PASSWORD) == 401 and signs_in(on_sqlite, "anna", CHOSEN) == 201
    assert key.get("/api/v1/me").status_code == 401


def test_a_new_password_ends_the_link(on_sqlite: World) -> None:
    code = invited(on_sqlite, users=[on_sqlite.ids["buddy"]])["code"]
    change = {"old": PASSWORD, "new": CHOSEN}
    assert on_sqlite.by("buddy").put("/api/v1/me/password", json=change).status_code == 204
    assert looked(on_sqlite, code).status_code == 403 and listed(on_sqlite) == {}


def test_switching_a_user_off_ends_the_link(on_sqlite: World) -> None:
    made, office = invited(on_sqlite), on_sqlite.by("coordinator")
    path = f"/api/v1/users/{made['user']}"
    for active in (False, True):
        tag = {"If-Match": office.get(path).headers["ETag"]}
        assert office.patch(path, json={"active": active}, headers=tag).status_code == 200
        assert looked(on_sqlite, made["code"]).status_code == 403
        refused = office.post(PATH, json={"users": [made["user"]]})
        assert refused.status_code == (201 if active else 409)


def test_a_second_factor_is_still_asked_for(on_sqlite: World) -> None:
    client, own = stranger(on_sqlite), "/api/v1/me/second-factor"
    client.headers["X-Requested-With"] = "test"
    client.post("/api/v1/session", json={"login": "anna", "password": PASSWORD})
    secret = client.post(own, json={"password": PASSWORD}).json()["secret"]
    assert client.post(f"{own}/on", json={"code": pyotp.TOTP(secret).now()}).status_code == 200
    code = invited(on_sqlite, users=[on_sqlite.ids["buddy"]])["code"]
    phone = stranger(on_sqlite)
    assert phone.post(f"{PATH}/accept", json={"code": code, "password": CHOSEN}).status_code == 201
    assert phone.get("/api/v1/me").status_code == 401
    asked = phone.post("/api/v1/session", json={"login": "anna", "password": CHOSEN})
    assert (asked.status_code, asked.json()["code"]) == (401, "code_needed")


def test_a_page_of_another_site_accepts_nothing(on_sqlite: World) -> None:
    given = {"code": invited(on_sqlite)["code"], "password": CHOSEN}
    foreign = {"Origin": "https://elsewhere.example"}
    assert stranger(on_sqlite).post(f"{PATH}/accept", json=given, headers=foreign).status_code == 403
    assert listed(on_sqlite) == {"ben": "open"}


@pytest.mark.parametrize("key", ["", "once"])
def test_the_code_is_in_no_log_no_audit_row_and_no_table(world: World, key: str) -> None:
    headers = {"Idempotency-Key": key} if key else {}
    with capture_logs() as logs:
        answer = world.by("coordinator").post(PATH, json={"people": [BEN]}, headers=headers)
        assert answer.headers["Cache-Control"] == "no-store"
        code = answer.json()[0]["code"]
        looked(world, code)
        looked(world, code + "A")
        accepted(world, code, "short")
        accepted(world, code)
    plain = code.replace("-", "")
    told = json.dumps(logs, default=str)
    with world.service.store.reading() as c:
        rows = [
            str(tuple(row)) for table in s.metadata.sorted_tables for row in c.execute(select(table)).all()
        ]
        audit = [(each.row.action, each.row.subject) for each in audit_before(c, 50)]
    assert logs and not any(each in told for each in (code, plain, CHOSEN))
    assert [row for row in rows if code in row or plain in row or CHOSEN in row] == []
    user = answer.json()[0]["user"]
    assert ("invite", f"user={user}") in audit
    assert ("POST /api/v1/invitations/accept", f"invitation={answer.json()[0]['id']}") in audit
