"""Effects of an absence, and what a change would make possible, over HTTP: nothing is changed by asking."""

import pytest

from tests.api.http.conftest import World

BUDDIES = "/api/v1/register/buddies"
POSSIBLE = "/api/v1/register/possible"
SHOP = {"id": "sahne", "name": "Konditorei Sahne", "postcode": "39104", "town": "Magdeburg"}


def hits(world: World, buddy: str, first: str, last: str, role: str = "coordinator") -> dict:
    asked = {"first": first, "last": last}
    answer = world.by(role).get(f"{BUDDIES}/{buddy}/absence-effects", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_an_absence_hits_what_is_published(world: World) -> None:
    world.published()
    told = hits(world, "anna", "2026-11-23", "2026-11-27")
    effects = told["effects"]
    assert [(each["id"], each["company"], each["day"]) for each in effects["visits"]] == [
        ("bakery-1", "bakery", "2026-11-23")
    ]
    (promise,) = effects["promises"]
    assert (promise["visit"], promise["state"], promise["from_min"]) == ("bakery-1", "proposed", 510)
    assert told["sentences"]["de"][0] == "1 veröffentlichter Besuch."
    assert hits(world, "anna", "2026-11-24", "2026-11-27")["effects"]["visits"] == []
    assert hits(world, "ben", "2027-05-03", "2027-05-07")["effects"]["visits"] == []


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [("2026-11-27", "2026-11-23", "last_before_first"), ("2026-11-23", "2028-01-10", "absence_too_long")],
)
def test_what_cannot_be_asked_is_told(on_sqlite: World, first: str, last: str, code: str) -> None:
    asked = {"first": first, "last": last}
    answer = on_sqlite.by("coordinator").get(f"{BUDDIES}/anna/absence-effects", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    nobody = on_sqlite.by("coordinator").get(f"{BUDDIES}/nobody/absence-effects", params=asked)
    assert nobody.status_code == 404


def change(entity: str, key: str, **values: object) -> dict:
    return {"act": "change", "entity": entity, "id": key, "values": values}


def test_a_change_is_tried_and_not_stored(world: World) -> None:
    office = world.by("coordinator")
    world.published()
    assert office.post("/api/v1/register/companies", json=SHOP).status_code == 201
    before = office.get("/api/v1/changes").json()["items"]
    full = change("buddies", "anna", max_companies=1)
    less = office.post(POSSIBLE, json={"operations": [full]}).json()["answer"]
    assert (less["before"]["alone"], less["after"]["alone"], less["lost"]) == (1, 0, ["sahne"])
    out = change("buddies", "anna", districts="15002")
    told = office.post(POSSIBLE, json={"operations": [out]}).json()
    lost = {(pair["company"], pair["buddy"]) for pair in told["answer"]["excluded"]}
    assert {("sahne", "anna"), ("bakery", "anna")} <= lost
    assert told["answer"]["excluded_count"] == len(lost)
    assert any("Paare sind nicht mehr möglich" in line for line in told["sentences"]["de"])
    assert office.get("/api/v1/changes").json()["items"] == before
    assert office.get(f"{BUDDIES}/anna").json()["values"].get("max_companies") != 1


def test_wrong_steps_are_refused_as_if_they_were_entered(on_sqlite: World) -> None:
    office = on_sqlite.by("coordinator")
    wrong = office.post(POSSIBLE, json={"operations": [change("buddies", "anna", languages="xx:C1")]})
    assert wrong.status_code == 422 and wrong.json()["findings"][0]["column"] == "languages"
    nobody = office.post(POSSIBLE, json={"operations": [change("buddies", "nobody", max_companies=1)]})
    assert nobody.status_code == 404
    late = {**change("buddies", "anna", max_companies=1), "version": 999}
    assert office.post(POSSIBLE, json={"operations": [late]}).status_code == 409


def test_a_coordinator_of_one_host_asks_about_its_own_rows(on_sqlite: World) -> None:
    office, host = on_sqlite.by("coordinator"), on_sqlite.by("host")
    for key in ("chamber", "union"):
        made = office.post("/api/v1/register/hosts", json={"id": key, "cross_host": False})
        assert made.status_code == 201
    for key, of in (("anna", "chamber"), ("ben", "union")):
        patched = office.patch(f"{BUDDIES}/{key}", json={"host": of}, headers={"If-Match": "*"})
        assert patched.status_code == 200
    made = office.post("/api/v1/register/companies", json={**SHOP, "host": "chamber"})
    assert made.status_code == 201
    assert hits(on_sqlite, "anna", "2026-11-23", "2026-11-27", role="host")["effects"]["buddy"] == "anna"
    other = {"first": "2026-11-23", "last": "2026-11-27"}
    assert host.get(f"{BUDDIES}/ben/absence-effects", params=other).status_code == 404
    assert (
        host.post(POSSIBLE, json={"operations": [change("buddies", "ben", max_companies=1)]}).status_code
        == 404
    )
    mine = host.post(POSSIBLE, json={"operations": [change("buddies", "anna", districts="15002")]})
    told = mine.json()["answer"]
    assert {each["buddy"] for each in (*told["eligible"], *told["excluded"])} == {"anna"}
    shared = host.post(POSSIBLE, json={"operations": [change("policy", "policy", max_one_way_min="5")]})
    assert shared.status_code == 403


def test_too_few_present_are_told_in_effects_and_when_it_is_entered(on_sqlite: World) -> None:
    """Two should be in each of Anna's districts; Ben alone is no two."""
    office = on_sqlite.by("coordinator")
    policy = office.patch(
        "/api/v1/register/policy/policy", json={"least_presence": "2"}, headers={"If-Match": "*"}
    )
    assert policy.status_code == 200, policy.text
    days = {"first": "2027-07-05", "last": "2027-07-06"}
    told = hits(on_sqlite, "anna", **days)
    assert {each["least"] for each in told["effects"]["few_present"]} == {2}
    assert {each["day"] for each in told["effects"]["few_present"]} == {*days.values()}
    assert any("Zu wenige Job-Buddys" in line for line in told["sentences"]["de"])
    away = {"who": "anna", "from": days["first"], "to": days["last"], "state": "asked"}
    sent = {"operations": [{"act": "enter", "entity": "availability", "values": away}]}
    made = office.post("/api/v1/changes", json=sent)
    assert made.status_code == 201, made.text
    assert "too_few_present_further" in {each["code"] for each in made.json()["findings"]}
