"""Rows of the register over HTTP: list, search, enter, change, remove, and what is refused."""

import pytest

from tests.api.http.conftest import World

REGISTER = "/api/v1/register"
SHOP = {
    "id": "sahne",
    "name": "Konditorei Sahne",
    "postcode": "06108",
    "town": "Halle (Saale)",
    "sector": "C10",
}


def test_a_company_is_entered_changed_and_removed(world: World) -> None:
    office = world.by("coordinator")
    made = office.post(f"{REGISTER}/companies", json=SHOP)
    assert made.status_code == 201, made.text
    assert made.headers["Location"] == f"{REGISTER}/companies/sahne"
    assert (made.json()["district"], made.json()["values"]["name"]) == ("15002", "Konditorei Sahne")
    tag = made.headers["ETag"]
    changed = office.patch(
        f"{REGISTER}/companies/sahne", json={"employees": 24, "priority": 5}, headers={"If-Match": tag}
    )
    assert changed.status_code == 200, changed.text
    assert changed.json()["values"]["employees"] == 24
    care = office.get(f"{REGISTER}/care", params={"company": "sahne"}).json()["items"]
    assert [(one["id"], one["values"]["every_weeks"]) for one in care] == [("sahne~1", 4)]
    removed = office.delete(f"{REGISTER}/companies/sahne", headers={"If-Match": changed.headers["ETag"]})
    assert removed.status_code == 422 and removed.json()["findings"][0]["id"] == "sahne~1"
    both = [
        {"act": "remove", "entity": entity, "id": key}
        for entity, key in (("care", "sahne~1"), ("companies", "sahne"))
    ]
    assert office.post("/api/v1/changes", json={"operations": both}).status_code == 201
    assert office.get(f"{REGISTER}/companies/sahne").status_code == 404


def test_a_row_that_somebody_else_changed_shows_both_values(world: World) -> None:
    office = world.by("coordinator")
    path = f"{REGISTER}/companies/bakery"
    tag = office.get(path).headers["ETag"]
    assert office.patch(path, json={"employees": 12}, headers={"If-Match": tag}).status_code == 200
    late = world.by("office").patch(path, json={"employees": 15}, headers={"If-Match": tag})
    assert late.status_code == 412
    clash = late.json()["clashes"][0]
    assert (clash["now"], clash["sent"]) == ({"employees": "12"}, {"employees": "15"})
    assert office.patch(path, json={"employees": 13}).status_code == 428


def test_all_that_is_wrong_is_told_and_nothing_is_entered(world: World) -> None:
    office = world.by("coordinator")
    steps = [
        {"act": "enter", "entity": "companies", "values": {**SHOP, "postcode": "6108x"}},
        {
            "act": "enter",
            "entity": "buddies",
            "values": {"id": "cleo", "town": "Nirgendheim", "languages": "xx:C1"},
        },
        {"act": "change", "entity": "companies", "id": "garage", "values": {"employees": 9}},
    ]
    before = office.get("/api/v1/changes").json()["items"]
    answer = office.post("/api/v1/changes", json={"operations": steps})
    assert answer.status_code == 422
    found = {(one["file"], one["id"], one["column"]) for one in answer.json()["findings"]}
    assert found == {
        ("companies", "sahne", "postcode"),
        ("buddies", "cleo", "languages"),
        ("buddies", "cleo", "town"),
    }
    assert office.get("/api/v1/changes").json()["items"] == before


@pytest.mark.parametrize(
    "query", ["gemuesebau", "Gemüsebau", "GEMUSEBAU", "kastner 06108", "hof-1", "Halle gemüse"]
)
def test_a_company_is_found_however_it_is_spelt(world: World, query: str) -> None:
    office = world.by("coordinator")
    farm = {**SHOP, "id": "hof-1", "name": "Gemüsebau Kästner"}
    assert office.post(f"{REGISTER}/companies", json=farm).status_code == 201
    found = office.get(f"{REGISTER}/companies", params={"q": query}).json()["items"]
    assert [one["id"] for one in found] == ["hof-1"]


def test_lists_are_filtered_sorted_and_paged(world: World) -> None:
    office = world.by("coordinator")
    for number, employees in (("k1", 30), ("k2", 9), ("k3", 200)):
        row = {**SHOP, "id": number, "employees": employees, "tags": "craft"}
        assert office.post(f"{REGISTER}/companies", json=row).status_code == 201
    asked = {"tags": "craft", "sort": "-employees", "limit": 2}
    page = office.get(f"{REGISTER}/companies", params=asked).json()
    assert [one["id"] for one in page["items"]] == ["k3", "k1"]
    rest = office.get(f"{REGISTER}/companies", params={**asked, "cursor": page["next"]}).json()
    assert ([one["id"] for one in rest["items"]], rest["next"]) == (["k2"], None)
    assert office.get(f"{REGISTER}/companies", params={"colour": "red"}).status_code == 422


def test_policy_is_one_row_with_its_keys_as_columns(world: World) -> None:
    office = world.by("coordinator")
    before = office.get(f"{REGISTER}/policy/policy")
    tag, keys = before.headers["ETag"], {"min_cell": "5", "drift_days.weekly": "1"}
    made = office.patch(f"{REGISTER}/policy/policy", json=keys, headers={"If-Match": tag})
    assert made.status_code == 200, made.text
    assert made.json()["values"] == {**before.json()["values"], **keys}
    wrong = office.patch(f"{REGISTER}/policy/policy", json={"min_cell": "many"}, headers={"If-Match": "*"})
    assert wrong.status_code == 422 and wrong.json()["findings"][0]["column"] == "min_cell"
    assert office.post(f"{REGISTER}/policy", json={"min_cell": "6"}).status_code == 422


def test_a_coordinator_of_one_host_changes_its_rows_alone(world: World) -> None:
    host, office = world.by("host"), world.by("coordinator")
    assert office.post(f"{REGISTER}/hosts", json={"id": "chamber"}).status_code == 201
    assert office.post(f"{REGISTER}/companies", json={**SHOP, "host": "chamber"}).status_code == 201
    assert office.post(f"{REGISTER}/companies", json={**SHOP, "id": "frei"}).status_code == 201
    any_version = {"If-Match": "*"}
    mine, free = (f"{REGISTER}/companies/{key}" for key in ("sahne", "frei"))
    assert host.patch(mine, json={"employees": 3}, headers=any_version).status_code == 200
    assert host.patch(free, json={"employees": 3}, headers=any_version).status_code == 403
    assert host.patch(mine, json={"host": None}, headers=any_version).status_code == 403
    group = {"company": "frei", "languages": "uk/ru", "count": 2}
    assert host.post(f"{REGISTER}/specialists", json=group).status_code == 403
    assert host.post(f"{REGISTER}/specialists", json={**group, "company": "sahne"}).status_code == 201
    assert host.post(f"{REGISTER}/places", json={"id": "amt", "address": "06108 Halle"}).status_code == 403


def test_a_home_is_neither_shown_nor_found_but_by_those_who_keep_the_row(world: World) -> None:
    host, office = world.by("host"), world.by("coordinator")
    assert office.post(f"{REGISTER}/hosts", json={"id": "union"}).status_code == 201
    assert office.post(f"{REGISTER}/hosts", json={"id": "chamber"}).status_code == 201
    home = {"street": "Am Hang 3", "postcode": "06108", "town": "Halle (Saale)", "host": "union"}
    assert (
        office.post(f"{REGISTER}/buddies", json={"id": "cleo", "name": "Cleo Kern", **home}).status_code
        == 201
    )
    for asked in ({"q": "06108"}, {"postcode": "06108"}, {"q": "cleo 06108"}):
        assert [row["id"] for row in office.get(f"{REGISTER}/buddies", params=asked).json()["items"]] == [
            "cleo"
        ]
        assert host.get(f"{REGISTER}/buddies", params=asked).json()["items"] == []
    (shown,) = host.get(f"{REGISTER}/buddies", params={"q": "cleo halle"}).json()["items"]
    assert (
        shown["values"].keys() & {"street", "postcode", "lat", "lon"} == set() and shown.get("point") is None
    )
    base = {"buddy": "cleo", "weekdays": "fri", "street": "Am Hang 3", "town": "Halle (Saale)"}
    assert office.post(f"{REGISTER}/bases", json=base).status_code == 201
    (shown,) = host.get(f"{REGISTER}/bases").json()["items"]
    assert shown["values"].keys() == {"buddy", "weekdays", "town"} and shown.get("point") is None
