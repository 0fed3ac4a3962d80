"""The story of a company and of a buddy: rows, contacts, next visits, changes; nothing of hidden ones."""

from tests.api.http.conftest import World
from tests.api.http.register.test_rows import REGISTER, SHOP

ANY = {"If-Match": "*"}


def test_a_company_tells_all_about_itself(world: World) -> None:
    office = world.by("coordinator")
    office.post(f"{REGISTER}/companies", json={**SHOP, "specialists": "uk/ru:2", "buddy": "anna"})
    due = {"id": "r1", "company": "sahne", "kind": "follow_up", "due": "2027-01-15"}
    assert office.post(f"{REGISTER}/requests", json=due).status_code == 201
    office.patch(f"{REGISTER}/companies/sahne", json={"employees": 4}, headers=ANY)
    story = office.get(f"{REGISTER}/companies/sahne/story").json()
    assert story["row"]["values"]["employees"] == 4
    assert {entity: [row["id"] for row in rows] for entity, rows in story["rows"].items()} == {
        "specialists": ["sahne~1"],
        "care": ["sahne~1"],
        "relations": ["sahne~1"],
        "requests": ["r1"],
    }
    assert [each["source"] for each in story["changes"]] == ["api", "api", "api"]
    assert story["next_visits"] == []


def test_a_buddy_tells_companies_absences_and_reports(world: World) -> None:
    office = world.by("coordinator")
    away = {"who": "anna", "from": "2026-12-21", "to": "2026-12-23"}
    assert office.post(f"{REGISTER}/availability", json=away).status_code == 201
    story = office.get(f"{REGISTER}/buddies/anna/story").json()
    assert [row["values"]["from"] for row in story["rows"]["availability"]] == ["2026-12-21"]
    assert story["row"]["id"] == "anna" and story["changes"]


def test_a_buddy_tells_how_full_the_caseload_is_today(world: World) -> None:
    office = world.by("coordinator")
    care = {"visits_per_4_weeks": 2, "visit_min": 45}
    for number in range(2):
        new = {**SHOP, **care, "id": f"sahne{number}", "name": f"Sahne {number}", "buddy": "anna"}
        assert office.post(f"{REGISTER}/companies", json=new).status_code == 201
    later = {**SHOP, **care, "id": "later", "buddy": "anna", "buddy_since": "2099-01-04"}
    assert office.post(f"{REGISTER}/companies", json=later).status_code == 201
    story = office.get(f"{REGISTER}/buddies/anna/story").json()
    used = {each["measured"]: (each["used"], each["most"]) for each in story["caseload"]}
    before = used["companies"][0] - 2  # those of the small programme
    assert used["care_min"][0] >= 2 * 2 * 45 and before >= 0
    foreign = world.by("host").get(f"{REGISTER}/buddies/anna/story")
    assert foreign.status_code == 404 or foreign.json()["caseload"] == []


def test_only_who_sees_a_row_reads_its_story(world: World) -> None:
    assert world.by("coordinator").get(f"{REGISTER}/companies/none/story").status_code == 404
    assert world.by("planner").get(f"{REGISTER}/companies/bakery/story").status_code == 403
    assert world.by("buddy").get(f"{REGISTER}/companies/bakery/story").status_code == 404
