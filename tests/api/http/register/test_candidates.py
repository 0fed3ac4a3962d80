"""Who can take a company on, over HTTP, and the call that makes it so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from httpx import Response

from data.base.dates import minute_of
from matching.solve import match
from scheduling.plan.plan_weeks import plan_weeks
from tests.api.http.conftest import World, filled
from tests.api.runs import run

COMPANIES = "/api/v1/register/companies"
MONDAY = "2026-11-23"
NEW = {"id": "sahne", "name": "Konditorei Sahne", "postcode": "39104", "town": "Magdeburg", "sector": "C10"}


@pytest.fixture
def planned(database_url: str, tmp_path: Path) -> Iterator[World]:
    """A service whose one week was planned, so that it can be planned again."""
    small = run()
    matching = match(small.problem, small.times)
    weeks = plan_weeks(small.problem, matching, small.times, 1)
    for world in filled(database_url, tmp_path, replace(small, matching=matching, weeks=weeks)):
        world.published()
        yield world


def entered(world: World, **values: str) -> None:
    made = world.by("coordinator").post(COMPANIES, json={**NEW, **values})
    assert made.status_code == 201, made.text


def asked(world: World, key: str, at: str = MONDAY, role: str = "coordinator") -> dict:
    answer = world.by(role).get(f"{COMPANIES}/{key}/candidates", params={"at": at})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_new_company_is_told_who_can_take_it_on_and_when(world: World) -> None:
    entered(world)
    told = asked(world, "sahne")
    answer = told["answer"]
    (anna,) = answer["candidates"]
    assert (anna["buddy"], answer["changing"], answer["possible"]) == ("anna", 0, 1)
    assert {each["name"]: each["value"] for each in anna["price"]}["unserved"] == -3
    visit = anna["first_visit"]
    assert (visit["day"], visit["published"]) == (MONDAY, False)
    assert [(each["buddy"], each["reason"]["code"]) for each in answer["nearest"]] == [
        ("ben", "mandate_either")
    ]
    assert "Dafür wechseln 0 andere Betriebe." in told["sentences"]["de"]
    assert told["sentences"]["en"][0].startswith("Anna Ahorn: ")


def test_in_a_published_week_the_first_visit_stands_among_its_visits(planned: World) -> None:
    entered(planned)
    week = planned.by("coordinator").get("/api/v1/buddies/anna/weeks/2026-W48").json()
    (day,) = [each for each in week["days"] if each["stops"]]
    (stop,) = day["stops"]
    begin, end = (minute_of(datetime.fromisoformat(stop[name]))[1] for name in ("start", "end"))
    (anna,) = asked(planned, "sahne", at=day["date"])["answer"]["candidates"]
    visit = anna["first_visit"]
    assert (visit["published"], visit["day"]) == (True, day["date"])
    assert visit["start_min"] + 75 <= begin or visit["start_min"] >= end
    late = asked(planned, "sahne", at="2026-12-02")["answer"]["candidates"][0]["first_visit"]
    assert (late["published"], late["day"]) == (False, "2026-12-02")


def test_one_call_gives_the_company_its_buddy_and_ends_the_relation_before(world: World) -> None:
    entered(world)
    office = world.by("coordinator")
    path, any_version = f"{COMPANIES}/sahne/buddy", {"If-Match": "*"}
    first = office.post(path, json={"buddy": "anna", "from": "2026-12-07"}, headers=any_version)
    assert first.status_code == 201, first.text
    later = office.post(path, json={"buddy": "ben", "from": "2027-01-04"}, headers=any_version)
    assert later.json()["succession"] == {
        "company": "sahne", "before": "anna", "after": "ben", "since": "2026-12-07",
    }  # fmt: skip
    rows = office.get("/api/v1/register/relations", params={"company": "sahne"}).json()["items"]
    assert {(r["values"]["buddy"], r["values"]["from"], r["values"].get("to")) for r in rows} == {
        ("anna", "2026-12-07", "2027-01-03"), ("ben", "2027-01-04", None),
    }  # fmt: skip
    again = office.post(path, json={"buddy": "ben", "from": "2027-01-04"}, headers=any_version).json()
    assert (again["change_set"], again["succession"]) == (None, None)
    done = office.post(f"/api/v1/changes/{later.json()['change_set']}/undo")
    assert done.status_code == 201, done.text
    present = asked(world, "sahne", at="2027-01-11")["answer"]["present"]
    assert present == "anna"


def test_the_version_of_the_company_counts(world: World) -> None:
    entered(world)
    office = world.by("coordinator")
    tag = office.get(f"{COMPANIES}/sahne").headers["ETag"]
    changed = office.patch(f"{COMPANIES}/sahne", json={"employees": 9}, headers={"If-Match": tag})
    body, path = {"buddy": "anna", "from": "2026-12-07"}, f"{COMPANIES}/sahne/buddy"
    assert office.post(path, json=body, headers={"If-Match": tag}).status_code == 412
    assert office.post(path, json=body).status_code == 428
    fresh = {"If-Match": changed.headers["ETag"]}
    assert office.post(path, json=body, headers=fresh).status_code == 201


def test_a_company_that_is_not_active_has_no_candidates(on_sqlite: World) -> None:
    entered(on_sqlite, state="paused")
    answer = on_sqlite.by("coordinator").get(f"{COMPANIES}/sahne/candidates")
    assert (answer.status_code, answer.json()["code"]) == (422, "company_not_cared_for")
    assert on_sqlite.by("coordinator").get(f"{COMPANIES}/nobody/candidates").status_code == 404


def test_a_coordinator_of_one_host_is_told_of_visible_buddies_alone(on_sqlite: World) -> None:
    office = on_sqlite.by("coordinator")
    for host in ("chamber", "union"):
        assert (
            office.post("/api/v1/register/hosts", json={"id": host, "cross_host": False}).status_code == 201
        )
    for buddy, host in (("anna", "chamber"), ("ben", "union")):
        patched = office.patch(
            f"/api/v1/register/buddies/{buddy}", json={"host": host}, headers={"If-Match": "*"}
        )
        assert patched.status_code == 200, patched.text
    entered(on_sqlite, host="chamber")
    answer = asked(on_sqlite, "sahne", role="host")
    assert [each["buddy"] for each in answer["answer"]["candidates"]] == ["anna"]
    assert answer["answer"]["excluded"] == answer["answer"]["nearest"] == []
    assert len(asked(on_sqlite, "sahne")["answer"]["nearest"]) == 1
    host, path = on_sqlite.by("host"), f"{COMPANIES}/sahne/buddy"
    body = {"buddy": "ben", "from": str(date(2026, 12, 7) + timedelta(days=1))}
    assert host.post(path, json=body, headers={"If-Match": "*"}).status_code == 404
    mine = host.post(path, json={**body, "buddy": "anna"}, headers={"If-Match": "*"})
    assert mine.status_code == 201, mine.text


@pytest.mark.parametrize("role", ["buddy", "planner", "viewer"])
def test_only_coordinators_ask(on_sqlite: World, role: str) -> None:
    assert on_sqlite.by(role).get(f"{COMPANIES}/bakery/candidates").status_code in (403, 404)


def test_a_buddy_is_given_in_place_of_the_one_that_was_read(world: World) -> None:
    """Somebody gave the company to Ben meanwhile: to give it to Anna in place of nobody is refused."""
    entered(world)
    path, seen = f"{COMPANIES}/sahne/buddy", {"If-Match": "*"}
    office = world.by("coordinator")

    def given(buddy: str, before: str) -> Response:
        return office.post(path, json={"buddy": buddy, "from": MONDAY, "before": before}, headers=seen)

    assert given("ben", "").status_code == 201
    refused = given("anna", "")
    assert refused.status_code == 412
    (clash,) = refused.json()["clashes"]
    assert (clash["now"], clash["sent"]) == ({"buddy": "ben"}, {"buddy": ""})
    assert given("anna", "ben").status_code == 201
