"""The steps of a new office to its first publication, each told by the data."""

from tests.api.http.conftest import World

STEPS = "/api/v1/first-steps"


NEW = {"programme": "neu"}


def done(world: World, **asked: str) -> dict[str, bool]:
    answer = world.by("office").get(STEPS, params={"programme": "test"} | asked)
    assert answer.status_code == 200, answer.text
    return {each["step"]: each["done"] for each in answer.json()["steps"]}


def begun(world: World) -> None:
    made = world.by("office").post("/api/v1/programmes", json={"id": "neu", "state": "TH"})
    assert made.status_code == 201, made.text


def test_publishing_does_the_last_steps(world: World) -> None:
    first = done(world)
    assert first == {
        "hosts": False, "buddies": True, "companies": True, "rules": True, "invited": True,
        "matched": True, "adopted": False, "planned": True, "published": False,
    }  # fmt: skip
    world.published()
    now = done(world)
    assert {step for step in now if now[step] != first[step]} == {"adopted", "published"}


def test_a_programme_without_rows_has_everything_before_it(world: World) -> None:
    begun(world)
    steps = world.by("office").get(STEPS, params=NEW).json()["steps"]
    assert [each["done"] for each in steps] == [False] * 9
    assert [each["count"] for each in steps] == [0] * 9


def test_rules_are_looked_at_once_somebody_says_so(world: World) -> None:
    begun(world)
    assert world.by("office").post(f"{STEPS}/rules", params=NEW).status_code == 204
    assert done(world, **NEW)["rules"] and not done(world, **NEW)["hosts"]


def test_who_changed_the_rules_has_looked_at_them(world: World) -> None:
    begun(world)
    path, any_version = "/api/v1/register/policy/policy", {"If-Match": "*"}
    given = {"max_one_way_min": "80"}
    changed = world.by("office").patch(path, params=NEW, json=given, headers=any_version)
    assert changed.status_code == 200, changed.text
    assert done(world, **NEW)["rules"]
