"""The journal of changes, and undo."""

from tests.api.http.conftest import World
from tests.api.http.register.test_rows import REGISTER, SHOP

CHANGES = "/api/v1/changes"
ANY = {"If-Match": "*"}


def test_the_journal_says_what_changed_and_who_did_it(world: World) -> None:
    office = world.by("coordinator")
    office.post(f"{REGISTER}/companies", json=SHOP)
    office.patch(f"{REGISTER}/companies/sahne", json={"employees": 7, "name": "Sahne GmbH"}, headers=ANY)
    newest, entered, *_ = office.get(CHANGES, params={"entity": "companies", "row": "sahne"}).json()["items"]
    assert (newest["source"], newest["by_user"]) == ("api", world.ids["coordinator"])
    assert [(one["field"], one["before"], one["after"]) for one in newest["changes"]] == [
        ("employees", None, "7"),
        ("name", "Konditorei Sahne", "Sahne GmbH"),
    ]
    whole = [one for one in entered["changes"] if one["entity"] == "companies"]
    assert [one["field"] for one in whole] == ["", ""] and whole[0]["before"] is None


def test_the_changes_of_one_row_come_page_by_page(world: World) -> None:
    office = world.by("coordinator")
    office.post(f"{REGISTER}/companies", json=SHOP)
    for employees in (7, 8, 9):
        office.patch(f"{REGISTER}/companies/sahne", json={"employees": employees}, headers=ANY)
    asked: dict[str, str | int] = {"entity": "companies", "row": "sahne", "limit": 1}
    told: list[str | None] = []
    while len(told) < 4:
        page = office.get(CHANGES, params=asked).json()
        told += [
            one["after"] for each in page["items"] for one in each["changes"] if one["field"] == "employees"
        ]
        if not page["next"]:
            break
        asked["cursor"] = page["next"]
    assert told == ["9", "8", "7"]


def test_what_is_undone_is_as_it_was(world: World) -> None:
    office = world.by("coordinator")
    office.post(f"{REGISTER}/companies", json=SHOP)
    before = office.get(f"{REGISTER}/companies/sahne").json()
    office.patch(
        f"{REGISTER}/companies/sahne",
        json={"name": "Neu", "postcode": "39104", "town": "Magdeburg"},
        headers=ANY,
    )
    changed = office.get(CHANGES).json()["items"][0]
    undone = office.post(f"{CHANGES}/{changed['id']}/undo")
    assert undone.status_code == 201, undone.text
    after = office.get(f"{REGISTER}/companies/sahne").json()
    assert {name: after[name] for name in ("values", "point", "district")} == {
        name: before[name] for name in ("values", "point", "district")
    }
    again = office.post(f"{CHANGES}/{undone.json()['change_set']}/undo")
    assert again.status_code == 201
    assert office.get(f"{REGISTER}/companies/sahne").json()["values"]["name"] == "Neu"


def test_entering_is_undone_with_all_that_came_along(world: World) -> None:
    office = world.by("coordinator")
    group = {"specialists": "uk/ru:2", "visits_per_4_weeks": 2, "buddy": "anna"}
    made = office.post(f"{REGISTER}/companies", json={**SHOP, **group})
    assert made.status_code == 201, made.text
    newest = office.get(CHANGES).json()["items"][0]
    assert {one["entity"] for one in newest["changes"]} == {"companies", "care", "specialists", "relations"}
    assert office.post(f"{CHANGES}/{newest['id']}/undo").status_code == 201
    for entity in ("companies", "care", "specialists", "relations"):
        left = office.get(f"{REGISTER}/{entity}", params={"q": "sahne"}).json()["items"]
        assert left == [], entity


def test_a_later_change_of_the_same_field_is_named(world: World) -> None:
    office = world.by("coordinator")
    path = f"{REGISTER}/companies/bakery"
    for employees in (5, 6):
        office.patch(path, json={"employees": employees}, headers=ANY)
    last, first, *_ = office.get(CHANGES).json()["items"]
    clash = office.post(f"{CHANGES}/{first['id']}/undo")
    assert (clash.status_code, clash.json()["fields"]["number"]) == (409, last["number"])
    office.patch(path, json={"priority": 1}, headers=ANY)
    assert office.post(f"{CHANGES}/{last['id']}/undo").status_code == 201
    assert office.get(path).json()["values"]["employees"] == 5


def test_steps_are_all_entered_or_none(world: World) -> None:
    office = world.by("coordinator")
    steps = [
        {"act": "enter", "entity": "companies", "values": SHOP},
        {
            "act": "enter",
            "entity": "relations",
            "values": {"company": "sahne", "buddy": "anna", "from": "2026-12-01"},
        },
        {"act": "change", "entity": "companies", "id": "bakery", "values": {"priority": 1}},
    ]
    made = office.post(CHANGES, json={"operations": steps, "note": "nach dem Anruf"})
    assert made.status_code == 201, made.text
    assert [row["id"] for row in made.json()["rows"]] == ["sahne", "sahne~1", "bakery"]
    assert office.get(f"{CHANGES}/{made.json()['change_set']}").json()["note"] == "nach dem Anruf"
    same = office.post(CHANGES, json={"operations": [{**steps[2]}]})
    assert same.json()["change_set"] is None


def test_a_coordinator_of_one_host_sees_the_changes_of_visible_rows(world: World) -> None:
    host = world.by("host")
    seen = {
        (one["entity"], one["id"]) for each in host.get(CHANGES).json()["items"] for one in each["changes"]
    }
    companies = {one["id"] for one in host.get(f"{REGISTER}/companies").json()["items"]}
    assert {key for entity, key in seen if entity == "companies"} == companies
