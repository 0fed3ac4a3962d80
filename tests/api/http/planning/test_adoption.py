"""Adopting a matching over HTTP, and publishing, which adopts."""

from datetime import date

from tests.api.http.conftest import World

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


def test_who_changes_is_shown_first_and_then_it_is_so(world: World) -> None:
    office, day = world.by("coordinator"), "2027-01-04"
    shown = office.get(f"{MATCHINGS}/{world.matching}/adoption", params={"day": day})
    assert shown.status_code == 200, shown.text
    done = office.post(f"{MATCHINGS}/{world.matching}/adopt", params={"day": day})
    assert done.status_code == 200, done.text
    assert done.json() == {**shown.json(), "change_set": done.json()["change_set"]}
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
    made = office.post(f"{MATCHINGS}/{world.matching}/adopt", params={"day": "2027-01-04"}).json()
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
