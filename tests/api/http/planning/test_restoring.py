"""An earlier version of a plan is published again: as a draft first, and never against what has happened."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from api.run.run import Run
from api.service.sources import default_sources
from data.model.dated import Availability
from data.model.identity import Identities
from data.model.policy import Policy
from matching.solve import match
from scheduling.plan.plan_weeks import plan_weeks
from tests.api.http.conftest import World, filled
from tests.api.http.test_acceptance import done
from tests.builders import times
from tests.scheduling.programmes import two_buddies

C1, SUNDAY = "c1-2026-W48-1", "2026-11-22T10:00:00+01:00"
TO_WEDNESDAY = {"kind": "moved", "visit": C1, "date": "2026-11-25", "from_min": 600, "to_min": 620}


@pytest.fixture
def moved(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Version 1 has c1 on Friday, version 2 in force has it on Wednesday; today is the Sunday before.

    c1 is closed on Monday.
    """
    monkeypatch.setattr("api.http.planning.drafts.now", lambda: datetime.fromisoformat(SUNDAY))
    closed = Availability(who="c1", first=date(2026, 11, 23), last=date(2026, 11, 23))
    asked = two_buddies(policy=Policy(promise_min=60), availability=(closed,))
    matching, ways = match(asked, times(asked)), times(asked)
    run = Run(
        asked, Identities(), ways, default_sources(), matching, weeks=plan_weeks(asked, matching, ways, 1)
    )
    for world in filled(database_url, tmp_path, run):
        world.published()
        office = world.by("office")
        wish = {"moment": SUNDAY, "disruptions": [TO_WEDNESDAY]}
        draft = done(world.service, office, office.post(f"/api/v1/plans/{world.plan}/replan", json=wish))
        publish(world, draft)
        yield world


def publish(world: World, plan: str) -> None:
    office = world.by("office")
    tag = office.get(f"/api/v1/plans/{plan}/affected").headers["ETag"]
    answer = office.post(f"/api/v1/plans/{plan}/publish", headers={"If-Match": tag})
    assert answer.status_code == 200, answer.text


def day_of_c1(world: World) -> str:
    week = world.by("buddy").get("/api/v1/me/weeks/2026-W48").json()
    return next(str(day["date"]) for day in week["days"] for stop in day["stops"] if stop["visit"] == C1)


def test_an_earlier_version_comes_back_as_a_draft_and_is_published_like_one(moved: World) -> None:
    office = moved.by("office")
    assert day_of_c1(moved) == "2026-11-25"
    answer = office.post(f"/api/v1/plans/{moved.plan}/restore")
    assert answer.status_code == 201, answer.text
    draft = answer.json()
    assert (draft["version"], draft["state"], day_of_c1(moved)) == (3, "draft", "2026-11-25")
    (change,) = office.get(f"/api/v1/plans/{draft['id']}/affected").json()["changes"]
    assert (change["visit"], change["effect"], change["breaks_promise"]) == (C1, "moved", True)
    publish(moved, draft["id"])
    assert day_of_c1(moved) == "2026-11-27"
    then, now = (office.get(f"/api/v1/plans/{key}").json() for key in (moved.plan, draft["id"]))
    assert then["buddies"] == now["buddies"]
    assert [each["state"] for each in office.get("/api/v1/plans").json()["items"]].count("published") == 1


def test_visits_whose_relation_has_ended_do_not_come_back(moved: World) -> None:
    """c5 is Bert's by now: version 1 comes back without Anna's visit, and every other one at its minute."""
    office, c5 = moved.by("office"), "c5-2026-W48-1"
    path = "/api/v1/register/companies/c5"
    given = {"buddy": "bert", "from": "2026-11-23"}
    tag = {"If-Match": office.get(path).headers["ETag"]}
    assert office.post(f"{path}/buddy", json=given, headers=tag).status_code == 201
    relations = office.get("/api/v1/register/relations").json()["items"]
    draft = office.post(f"/api/v1/plans/{moved.plan}/restore").json()
    assert [(each["visit"], each["buddy"], each["day"]) for each in draft["left_out"]] == [
        (c5, "anna", "2026-11-23")
    ]
    then, now = (visits(office.get(f"/api/v1/plans/{key}").json()) for key in (moved.plan, draft["id"]))
    assert then.pop(c5) and then == now
    publish(moved, draft["id"])
    assert office.get("/api/v1/register/relations").json()["items"] == relations


def visits(plan: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Day and start of each visit of a plan."""
    return {
        stop["id"]: (number, stop["start"])
        for own in plan["buddies"]
        for week in own["weeks"]
        for number, day in enumerate(week["days"])
        for stop in (day["stops"] if day else ())
    }


def test_what_has_happened_is_not_taken_back(moved: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Wednesday c1 may have been visited already; version 1 does not know that."""
    monkeypatch.setattr("api.http.planning.drafts.now", lambda: datetime(2026, 11, 25, 6, tzinfo=UTC))
    answer = moved.by("office").post(f"/api/v1/plans/{moved.plan}/restore")
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("what was planned for 2026-11-25 has changed since")


def test_what_is_in_force_a_draft_or_over_is_not_restored(
    moved: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = moved.by("office")
    in_force, _ = office.get("/api/v1/plans").json()["items"]
    refused = {in_force["id"]: "in force already"}
    refused[office.post(f"/api/v1/plans/{moved.plan}/restore").json()["id"]] = "is a draft"
    for plan, why in refused.items():
        answer = office.post(f"/api/v1/plans/{plan}/restore")
        assert answer.status_code == 409 and why in answer.json()["detail"]
    monkeypatch.setattr("api.http.planning.drafts.now", lambda: datetime(2026, 11, 30, tzinfo=UTC))
    answer = office.post(f"/api/v1/plans/{moved.plan}/restore")
    assert answer.status_code == 409 and "over" in answer.json()["detail"]


def test_places_of_appointments_are_listed_for_coordinators(moved: World) -> None:
    places = moved.by("host").get("/api/v1/places").json()["items"]
    assert places == [{"id": "office", "name": "office", "town": "", "kind": ""}]
