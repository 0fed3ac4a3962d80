"""Adopting a matching over HTTP, and publishing, which adopts."""

from datetime import date

from httpx import Response

from data.store.work.matchings import keep_matching
from tests.api.http.conftest import PROGRAMME, World
from tests.api.http.test_acceptance import worked

REGISTER, MATCHINGS = "/api/v1/register", "/api/v1/matchings"


def relations(world: World) -> dict[str, tuple[str, str, str]]:
    """Buddy, first and last day of each company's main relation that begins last."""
    rows = world.by("coordinator").get(f"{REGISTER}/relations", params={"limit": 200}).json()["items"]
    rows.sort(key=lambda row: row["values"].get("from", ""))
    return {
        row["values"]["company"]: (
            row["values"]["buddy"],
            row["values"].get("from", ""),
            row["values"].get("to", ""),
        )
        for row in rows
        if row["values"].get("role", "main") == "main"
    }


def adopt(world: World, matching: str, day: str) -> Response:
    """Adopt a matching after looking at who changes."""
    office, asked = world.by("coordinator"), {"day": day}
    tag = office.get(f"{MATCHINGS}/{matching}/adoption", params=asked).headers["ETag"]
    return office.post(f"{MATCHINGS}/{matching}/adopt", params=asked, headers={"If-Match": tag})


def adopted(world: World, matching: str, day: str) -> list[str]:
    """Adopt a matching, and return the drafts that plan again what loses its buddy."""
    made = adopt(world, matching, day)
    assert made.status_code == 200, made.text
    for job in made.json()["jobs"]:
        worked(world.service, job)
    return [
        world.by("coordinator").get(f"/api/v1/jobs/{job}").json()["result"] for job in made.json()["jobs"]
    ]


def given_to(world: World, **buddies: str) -> str:
    """Store the matching in force with other buddies for some companies, and return its id."""
    assert world.run.matching
    pairs = tuple(
        pair.replace(buddy=buddies.get(pair.company, pair.buddy)) for pair in world.run.matching.pairs
    )
    with world.service.store.writing() as c:
        return keep_matching(c, PROGRAMME, world.run.matching.replace(pairs=pairs), None, None, "u")


def test_published_visits_that_lose_their_buddy_are_shown_and_planned_again(on_sunday: World) -> None:
    """c2 goes to Anna on Tuesday of the published week: Bert's visit to it becomes hers."""
    office, visit = on_sunday.by("coordinator"), "c2-2026-W48-1"
    key = given_to(on_sunday, c2="anna")
    shown = office.get(f"{MATCHINGS}/{key}/adoption", params={"day": "2026-11-23"}).json()
    assert [(e["visit"], e["buddy"], e["after"], e["plan"]) for e in shown["visits"]] == [
        (visit, "bert", "anna", on_sunday.plan)
    ]
    (draft,) = adopted(on_sunday, key, "2026-11-23")
    effects = office.get(f"/api/v1/plans/{draft}/affected").json()
    change = next(each for each in effects["changes"] if each["visit"] == visit)
    assert (change["effect"], change["after"]["buddy"]) == ("other_buddy", "anna")
    tag = office.get(f"/api/v1/plans/{draft}/affected").headers["ETag"]
    assert office.post(f"/api/v1/plans/{draft}/publish", headers={"If-Match": tag}).status_code == 200
    anna = office.get("/api/v1/buddies/anna/weeks/2026-W48").json()
    (stop,) = [stop for day in anna["days"] for stop in day["stops"] if stop["visit"] == visit]
    assert stop["instead_of"] is None


def test_visits_before_the_day_stay(on_sunday: World) -> None:
    key = given_to(on_sunday, c2="anna")
    asked = {"day": "2026-11-30"}
    shown = on_sunday.by("coordinator").get(f"{MATCHINGS}/{key}/adoption", params=asked).json()
    assert len(shown["successions"]) == 1 and shown["visits"] == []


def test_who_changes_has_to_be_read_first(world: World) -> None:
    path = f"{MATCHINGS}/{world.matching}/adopt"
    office = world.by("coordinator")
    assert office.post(path).status_code == 428
    assert office.post(path, headers={"If-Match": '"old"'}).status_code == 412


def test_who_changes_is_shown_first_and_then_it_is_so(world: World) -> None:
    office, day = world.by("coordinator"), "2027-01-04"
    shown = office.get(f"{MATCHINGS}/{world.matching}/adoption", params={"day": day})
    assert shown.status_code == 200, shown.text
    done = adopt(world, world.matching, day)
    assert done.status_code == 200, done.text
    assert done.json() == {**shown.json(), "change_set": done.json()["change_set"], "jobs": []}
    assert world.run.matching
    after = relations(world)
    assert {
        company: after[company][0] for company in world.run.matching.buddy_of
    } == world.run.matching.buddy_of
    for each in shown.json()["successions"]:
        assert after[each["company"]][1] == (day if each["after"] else after[each["company"]][1])
    again = office.get(f"{MATCHINGS}/{world.matching}/adoption", params={"day": day}).json()
    assert again["successions"] == [] and again["kept"] == len(world.run.matching.buddy_of)


def test_a_matching_is_draft_then_adopted_and_draft_again_once_undone(world: World) -> None:
    office = world.by("coordinator")

    def state() -> str:
        (listed,) = office.get(MATCHINGS).json()["items"]
        assert listed["state"] == office.get(f"{MATCHINGS}/{world.matching}").json()["state"]
        return str(listed["state"])

    assert state() == "draft"
    before = relations(world)
    made = adopt(world, world.matching, "2027-01-04").json()
    assert state() == "adopted"
    assert office.post(f"/api/v1/changes/{made['change_set']}/undo").status_code == 201
    assert (state(), relations(world)) == ("draft", before)


def test_publishing_adopts_from_the_first_day_of_the_plan(world: World) -> None:
    world.published()
    assert world.by("coordinator").get(MATCHINGS).json()["items"][0]["state"] == "adopted"
    assert world.run.matching
    after = relations(world)
    assert {
        company: after[company][0] for company in world.run.matching.buddy_of
    } == world.run.matching.buddy_of
    newest = world.by("coordinator").get("/api/v1/changes").json()["items"][0]
    assert newest["source"] == "matching"
    first = date.fromisocalendar(2026, 48, 1).isoformat()
    assert {one["after"]["from"] for one in newest["changes"] if one["after"] and not one["field"]} <= {first}


def test_only_the_coordinator_of_all_hosts_adopts(world: World) -> None:
    for role, status in (("host", 403), ("planner", 403), ("viewer", 403), ("buddy", 404), ("nobody", 401)):
        answer = world.by(role).post(f"{MATCHINGS}/{world.matching}/adopt")
        assert answer.status_code == status, role
