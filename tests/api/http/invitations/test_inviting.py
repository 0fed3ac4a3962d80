"""Whom coordinators may invite, and what becomes of an invitation that was not accepted."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data.store.privacy.erasure import erase_person
from data.store.privacy.retention import RetentionRules, apply_retention
from data.store.tables import schema as s
from data.store.tables.utc import now
from tests.api.http.conftest import PROGRAMME, World, filled
from tests.api.http.invitations.asking import BEN, PATH, accepted, expire, invited, listed, looked
from tests.api.http.test_one_host import two_hosts

ANNA = BEN | {"login": "anna-2", "buddy": "anna"}
PLANNER = {"login": "p", "role": "planner", "programme": "test"}


@pytest.fixture
def shared(database_url: str, tmp_path: Path) -> Iterator[World]:
    """Anna and the bakery are the chamber's, whose coordinator is `host`; Ben is the union's."""
    yield from filled(database_url, tmp_path, two_hosts())


def entered(world: World, *logins: str) -> list[str]:
    with world.service.store.reading() as c:
        found = c.execute(select(s.user.c.login).where(s.user.c.login.in_(logins))).scalars()
        return sorted(found)


def test_several_are_invited_at_once_or_none(world: World) -> None:
    office = world.by("coordinator")
    refused = office.post(PATH, json={"people": [PLANNER, BEN, BEN | {"login": "ben-2"}]})
    assert (refused.status_code, refused.json()["code"]) == (409, "buddy_is_user")
    assert entered(world, "p", "ben") == [] and listed(world) == {}
    made = office.post(PATH, json={"people": [PLANNER, BEN], "users": [world.ids["viewer"]]})
    assert made.status_code == 201 and len({each["code"] for each in made.json()}) == 3
    assert listed(world) == {"ben": "open", "p": "open", "viewer": "open"}


def test_buddies_without_a_user_are_proposed_with_a_login_that_is_free(on_sqlite: World) -> None:
    office, path = on_sqlite.by("coordinator"), f"{PATH}/buddies"
    assert [(each["buddy"], each["login"]) for each in office.get(path).json()] == [("ben", "ben")]
    invited(on_sqlite, people=[PLANNER | {"login": "Ben"}])
    proposed = {"buddy": "ben", "name": "Ben Birke", "host": "", "login": "ben-2"}
    assert office.get(path).json() == [proposed]
    invited(on_sqlite, people=[BEN | {"login": "ben-2"}])
    assert office.get(path).json() == []


@pytest.mark.parametrize(
    ("people", "status", "code"),
    [
        ([], 422, "nobody_invited"),
        ([BEN | {"buddy": "nobody"}], 404, "no_such_row"),
        ([BEN | {"login": " "}], 422, "login_needed"),
        ([PLANNER | {"login": "anna"}], 409, "login_taken"),
        ([PLANNER | {"programme": "another"}], 403, "users_of_own_programme"),
        ([{"login": "all", "role": "coordinator"}], 403, "users_of_own_programme"),
    ],
)
def test_what_does_not_fit_is_refused(
    on_sqlite: World, people: list[dict[str, str]], status: int, code: str
) -> None:
    refused = on_sqlite.by("coordinator").post(PATH, json={"people": people})
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert listed(on_sqlite) == {}


def test_a_coordinator_of_one_host_invites_its_buddies_alone(shared: World) -> None:
    host, office = shared.by("host"), shared.by("coordinator")
    with shared.service.store.writing() as c:
        c.execute(s.token.delete().where(s.token.c.user == shared.ids["buddy"]))
        c.execute(s.user.delete().where(s.user.c.id == shared.ids["buddy"]))
    assert [each["buddy"] for each in host.get(f"{PATH}/buddies").json()] == ["anna"]
    seen = {
        each["login"]: host.post(PATH, json={"people": [each]}).status_code
        for each in (BEN, PLANNER, BEN | {"login": "other", "programme": "another"}, ANNA)
    }
    assert seen == {"ben": 404, "p": 403, "other": 403, "anna-2": 201}
    ben = invited(shared)
    assert listed(shared, "host") == {"anna-2": "open"}
    assert listed(shared) == {"anna-2": "open", "ben": "open"}
    assert host.post(PATH, json={"users": [ben["user"]]}).status_code == 404
    assert host.post(PATH, json={"users": [shared.ids["planner"]]}).status_code == 404
    assert host.delete(f"{PATH}/{ben['id']}").status_code == 404
    own = office.get(PATH).json()["items"][0]
    assert host.post(PATH, json={"users": [own["user"]]}).status_code == 201
    assert accepted(shared, ben["code"]).status_code == 201


def test_the_former_link_ends_with_a_new_one(world: World) -> None:
    former = invited(world)
    expire(world)
    renewed = invited(world, users=[former["user"]])
    assert looked(world, former["code"]).status_code == 403
    assert renewed["new_user"] and listed(world) == {"ben": "open"}
    assert accepted(world, renewed["code"]).status_code == 201


def test_what_is_taken_back_is_gone_with_the_user_whom_it_made(world: World) -> None:
    office, made = world.by("coordinator"), invited(world)
    assert office.delete(f"{PATH}/{made['id']}").status_code == 204
    assert looked(world, made["code"]).status_code == 403 == accepted(world, made["code"]).status_code
    assert entered(world, "ben") == [] and office.delete(f"{PATH}/{made['id']}").status_code == 404
    again = invited(world, users=[world.ids["planner"]])
    assert office.delete(f"{PATH}/{again['id']}").status_code == 204
    assert entered(world, "planner") == ["planner"]


def test_what_was_accepted_cannot_be_taken_back(on_sqlite: World) -> None:
    made = invited(on_sqlite)
    assert accepted(on_sqlite, made["code"]).status_code == 201
    refused = on_sqlite.by("coordinator").delete(f"{PATH}/{made['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "invitation_used")
    assert entered(on_sqlite, "ben") == ["ben"]


def test_who_signs_in_elsewhere_needs_no_invitation(on_sqlite: World) -> None:
    office = on_sqlite.by("coordinator")
    user = office.post("/api/v1/users", json=PLANNER | {"subject": "p-at-provider"}).json()
    refused = office.post(PATH, json={"users": [user["id"]]})
    assert (refused.status_code, refused.json()["code"]) == (409, "invited_signs_in_elsewhere")


def test_erasing_a_person_erases_the_invitation(world: World) -> None:
    made = invited(world)
    with world.service.store.writing() as c:
        erase_person(c, PROGRAMME, "ben", "u", date(2026, 11, 24))
        assert c.execute(select(s.invitation)).all() == []
    assert looked(world, made["code"]).status_code == 403


def test_retention_takes_what_is_over(world: World) -> None:
    invited(world)
    today = now().date()

    def kept_after(days: int) -> dict[str, Any]:
        with world.service.store.writing() as c:
            apply_retention(c, RetentionRules(), today + timedelta(days))
        return listed(world)

    assert kept_after(7 + 30) == {"ben": "open"}
    assert kept_after(7 + 32) == {}
