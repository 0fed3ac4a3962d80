"""Adopting a scenario over HTTP: tried first, then entered as one change set that can be undone."""

from typing import Any

from tests.api.http.conftest import World

SCENARIOS = "/api/v1/scenarios"
CHANGES = [
    {"kind": "change_buddies", "buddies": ["anna"], "fields": {"max_companies": 30}},
    {"kind": "remove_companies", "companies": ["bakery"]},
]


def entered(world: World, changes: list[dict[str, Any]]) -> str:
    made = world.by("coordinator").post(SCENARIOS, json={"name": "Mehr Plätze", "changes": changes})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def places(world: World) -> int:
    row = world.by("coordinator").get("/api/v1/register/buddies/anna").json()
    return int(row["values"].get("max_companies", 25))


def test_a_dry_run_tells_all_and_changes_nothing(world: World) -> None:
    key, before = entered(world, CHANGES), places(world)
    tried = world.by("coordinator").post(f"{SCENARIOS}/{key}/adopt", params={"dry_run": True})
    assert tried.status_code == 200, tried.text
    told = tried.json()
    assert (told["change_set"], told["count"]) == (None, 1)
    assert told["steps"] == [
        {"act": "change", "entity": "buddies", "id": "anna", "values": {"max_companies": "30"}}
    ]
    assert [(each["number"], each["why"]) for each in told["left_out"]] == [(1, "removed")]
    assert places(world) == before


def test_adopting_is_one_change_set_of_its_own_source_and_can_be_undone(world: World) -> None:
    key, before = entered(world, CHANGES), places(world)
    office = world.by("coordinator")
    made = office.post(f"{SCENARIOS}/{key}/adopt")
    assert made.status_code == 201, made.text
    assert places(world) == 30
    newest = office.get("/api/v1/changes").json()["items"][0]
    assert (newest["id"], newest["source"], newest["note"]) == (
        made.json()["change_set"], "scenario", "Mehr Plätze",
    )  # fmt: skip
    again = office.post(f"{SCENARIOS}/{key}/adopt").json()
    assert (again["change_set"], again["count"]) == (None, 0)
    assert office.post(f"/api/v1/changes/{newest['id']}/undo").status_code == 201
    assert places(world) == before


def test_what_a_scenario_builds_on_is_adopted_too(world: World) -> None:
    parent = entered(world, CHANGES[:1])
    asked = {
        "name": "darauf", "parent": parent,
        "changes": [{"kind": "learns", "buddies": ["ben"], "language": "ru", "level": "B2"}],
    }  # fmt: skip
    key = world.by("coordinator").post(SCENARIOS, json=asked).json()["id"]
    told = world.by("coordinator").post(f"{SCENARIOS}/{key}/adopt").json()
    assert [each["id"] for each in told["steps"]] == ["anna", "ben"]
    assert places(world) == 30
