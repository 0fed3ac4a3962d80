"""A buddy leaves over HTTP: successors are proposed, adopted together, undone; access ends with the day."""

from typing import Any

import pytest

from tests.api.http.conftest import PASSWORD, World

BUDDIES = "/api/v1/register/buddies"
URL = f"{BUDDIES}/anna/leaving"
DAY = "2026-12-11"


def proposed(world: World) -> dict[str, Any]:
    answer = world.by("coordinator").get(URL, params={"on": DAY})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def adopt(world: World, *successors: dict[str, str], **headers: str) -> Any:
    sent = {"successors": list(successors)}
    given = {"If-Match": "*"} | headers
    return world.by("coordinator").post(URL, params={"on": DAY}, json=sent, headers=given)


def relations(world: World) -> list[dict[str, str]]:
    rows = world.by("coordinator").get("/api/v1/register/relations", params={"company": "bakery"})
    return [row["values"] for row in rows.json()["items"]]


def with_main(world: World) -> None:
    """Anna is the bakery's main buddy; Cora lives next to it."""
    cora = {"id": "cora", "name": "Cora", "postcode": "39104", "town": "Magdeburg"}
    assert world.by("coordinator").post(BUDDIES, json=cora).status_code == 201
    sent = {"company": "bakery", "buddy": "anna", "from": "2026-01-05"}
    assert world.by("coordinator").post("/api/v1/register/relations", json=sent).status_code == 201


def test_who_follows_is_proposed_with_a_joint_visit_and_nothing_changes(world: World) -> None:
    with_main(world)
    before = relations(world)
    told = proposed(world)
    (successor,) = told["answer"]["successors"]
    assert (successor["company"], successor["buddy"]) == ("bakery", "cora")
    (visit,) = told["answer"]["visits"]
    assert (visit["company"], visit["buddy"], visit["minutes"]) == ("bakery", "cora", 60)
    assert visit["day"] <= DAY and told["answer"]["proved"]
    assert "Gemeinsamer Besuch am" in told["sentences"]["de"][0]
    assert relations(world) == before


def test_successors_are_adopted_together_and_undone(world: World) -> None:
    with_main(world)
    joint = {"company": "bakery", "buddy": "cora", "joint_visit": "2026-12-08T09:00:00+01:00"}
    made = adopt(world, joint)
    assert made.status_code == 201, made.text
    assert made.json()["without"] == []
    office = world.by("coordinator")
    assert office.get(f"{BUDDIES}/anna").json()["values"]["employed_to"] == DAY
    assert {(each["buddy"], each["from"], each.get("to")) for each in relations(world)} == {
        ("anna", "2026-01-05", DAY),
        ("cora", "2026-12-12", None),
    }
    (visit,) = [
        row["values"]
        for row in office.get("/api/v1/register/appointments").json()["items"]
        if row["values"].get("kind") == "handover"
    ]
    assert (visit["start"], visit["buddies"]) == ("2026-12-08 09:00", "anna cora")
    undone = office.post(f"/api/v1/changes/{made.json()['change_set']}/undo")
    assert undone.status_code == 201, undone.text
    assert [each.get("to") for each in relations(world)] == [None]


def test_a_position_may_stay_vacant_and_its_companies_are_told(world: World) -> None:
    with_main(world)
    assert adopt(world).json()["without"] == ["bakery"]
    assert [each.get("to") for each in relations(world)] == [DAY]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"company": "bakery", "buddy": "ben"}, 422),
        ({"company": "bakery", "buddy": "nobody"}, 404),
        ({"company": "nowhere", "buddy": "ben"}, 404),
    ],
)
def test_only_the_buddys_companies_are_handed_over(
    on_sqlite: World, sent: dict[str, str], status: int
) -> None:
    assert adopt(on_sqlite, sent).status_code == status


def test_a_joint_visit_is_before_the_buddy_leaves(on_sqlite: World) -> None:
    with_main(on_sqlite)
    late = {"company": "bakery", "buddy": "cora", "joint_visit": "2026-12-14T09:00:00+01:00"}
    answer = adopt(on_sqlite, late)
    assert (answer.status_code, answer.json()["code"]) == (422, "joint_visit_too_late")


def test_a_successor_is_one_and_is_employed_then(on_sqlite: World) -> None:
    with_main(on_sqlite)
    cora = {"company": "bakery", "buddy": "cora"}
    assert adopt(on_sqlite, cora, {**cora, "buddy": "ben"}).json()["code"] == "successors_of_one"
    until = {"employed_to": DAY}
    office = on_sqlite.by("coordinator")
    assert office.patch(f"{BUDDIES}/cora", json=until, headers={"If-Match": "*"}).status_code == 200
    answer = adopt(on_sqlite, cora)
    assert (answer.status_code, answer.json()["code"]) == (422, "successor_not_employed")
    assert "2026-12-12" in answer.json()["detail"]


def test_an_old_version_of_the_buddy_is_refused(on_sqlite: World) -> None:
    assert adopt(on_sqlite, **{"If-Match": '"0"'}).status_code == 412


def test_a_day_out_of_reach_is_refused(on_sqlite: World) -> None:
    answer = on_sqlite.by("coordinator").get(URL, params={"on": "2031-12-11"})
    assert (answer.status_code, answer.json()["code"]) == (422, "leaves_out_of_reach")


def test_access_and_feed_end_with_the_last_day(world: World) -> None:
    world.published()
    office, feed = world.by("coordinator"), f"/api/v1/feeds/{world.ids['feed']}.ics"
    signed_in = {"login": "anna", "password": PASSWORD}

    def last_day(day: str | None) -> None:
        changed = office.patch(f"{BUDDIES}/anna", json={"employed_to": day}, headers={"If-Match": "*"})
        assert changed.status_code == 200, changed.text

    def answers() -> list[int]:
        session = world.by("nobody").post("/api/v1/session", json=signed_in)
        me, calendar = world.by("buddy").get("/api/v1/me"), world.by("nobody").get(feed)
        return [session.status_code, me.status_code, calendar.status_code]

    last_day("2099-12-31")
    working = answers()
    assert working == [201, 200, 200]
    last_day("2026-11-20")
    assert answers() == [401, 401, 404]
    last_day(None)
    assert answers() == working
