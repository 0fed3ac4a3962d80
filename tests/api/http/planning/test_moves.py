"""A buddy moves a visit of their own week: at a shown price, without a coordinator, and no one else's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from api.run.run import Run
from api.service.sources import default_sources
from data.model.dated import Availability
from data.model.identity import Identities
from data.model.policy import Policy
from data.store.work.plans import NewPlan, keep_draft, plan_of, publish
from matching.solve import match
from scheduling.plan.plan_weeks import plan_weeks
from tests.api.http.conftest import World, filled
from tests.api.http.test_acceptance import done
from tests.builders import times
from tests.scheduling.programmes import two_buddies

WEEK = "2026-W48"
MOVES, MINE = f"/api/v1/me/weeks/{WEEK}/moves", f"/api/v1/me/weeks/{WEEK}"
C1, C5 = "c1-2026-W48-1", "c5-2026-W48-1"
TO_WEDNESDAY = {"visit": C1, "day": "2026-11-25", "from_min": 600, "to_min": 620}


@pytest.fixture
def planned(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The small programme of the planner's own tests, published; today is the Sunday before.

    Anna has c5, c4 and the team on Monday from 480 on, r1 at c4 at 480 and c1 at 560 on Friday. c1 is
    closed on Monday. An hour either way is promised.
    """
    monkeypatch.setattr("api.http.planning.moves.now", lambda: datetime(2026, 11, 22, 9, tzinfo=UTC))
    closed = Availability(who="c1", first=date(2026, 11, 23), last=date(2026, 11, 23))
    asked = two_buddies(policy=Policy(promise_min=60), availability=(closed,))
    matching, ways = match(asked, times(asked)), times(asked)
    run = Run(
        asked, Identities(), ways, default_sources(), matching, weeks=plan_weeks(asked, matching, ways, 1)
    )
    for world in filled(database_url, tmp_path, run):
        world.published()
        yield world


def starts(world: World) -> dict[str, str]:
    """When each visit of the buddy's week starts, as the buddy sees it."""
    week = world.by("buddy").get(MINE).json()
    return {stop["visit"]: stop["start"] for day in week["days"] for stop in day["stops"]}


def test_a_visit_is_moved_to_a_slot_at_its_price(planned: World) -> None:
    """c1 is 20 minutes from Magdeburg: Friday's trip there and back becomes Wednesday's."""
    anna, before = planned.by("buddy"), starts(planned)
    asked = {"at": "c1", "week": WEEK, "visit": C1, "moment": "2026-11-22T10:00:00+01:00"}
    (slot,) = (
        each
        for each in anna.get("/api/v1/slots", params=asked).json()["slots"]
        if each["day"] == "2026-11-25"
    )
    assert slot == {"day": "2026-11-25", "from_min": 500, "to_min": 940, "added_travel_min": 0}
    travel = anna.get(MINE).json()["travel_min"]
    plan = done(planned.service, anna, anna.post(MOVES, json=TO_WEDNESDAY))
    after = starts(planned)
    assert "2026-11-25T10:00" <= after[C1] <= "2026-11-25T10:20:00+01:00"
    assert {visit for visit in before if before[visit] != after[visit]} == {C1}
    assert anna.get(MINE).json()["travel_min"] == travel
    with planned.service.store.reading() as c:
        assert (plan_of(c, plan).state, plan_of(c, planned.plan).state) == ("published", "superseded")
    told = {each["visit"]: each for each in anna.get(f"/api/v1/promises?week={WEEK}").json()}
    assert told[C1]["from"].startswith("2026-11-25") and told[C1]["state"] == "proposed"


def test_a_move_that_changes_another_visit_waits_for_the_coordinator(planned: World) -> None:
    """c5 at 540 on Monday: c4, which has that time now, moves before it to 480, still within its window."""
    anna, before = planned.by("buddy"), starts(planned)
    asked = {"visit": C5, "day": "2026-11-23", "from_min": 540, "to_min": 540}
    plan = done(planned.service, anna, anna.post(MOVES, json=asked))
    assert starts(planned) == before
    office = planned.by("office")
    assert office.get(f"/api/v1/plans/{plan}").json()["state"] == "draft"
    changes = office.get(f"/api/v1/plans/{plan}/affected").json()["changes"]
    assert [change["visit"] for change in changes] == ["c4-2026-W48-2", C5]


def test_a_draft_stays_one_where_another_plan_was_published_meanwhile(planned: World) -> None:
    anna, office = planned.by("buddy"), planned.by("office")
    accepted = anna.post(MOVES, json=TO_WEDNESDAY)
    with planned.service.store.writing() as c:
        held = plan_of(c, planned.plan)
        other = NewPlan(held.programme, held.matching, WEEK, 1, planned.run.weeks, "u")
        publish(c, keep_draft(c, other), "u")
    plan = done(planned.service, anna, accepted)
    assert office.get(f"/api/v1/plans/{plan}").json()["state"] == "draft"


@pytest.mark.parametrize(
    ("change", "status", "told"),
    [
        ({"visit": "c3-2026-W48-1"}, 404, "your week has no visit"),
        ({"visit": "nix"}, 404, "your week has no visit"),
        ({"visit": "team"}, 422, "appointment of a fixed time"),
        ({"day": "2026-12-01"}, 422, "is of the week 2026-W48"),
        ({"day": "2026-11-20"}, 422, "is of the week 2026-W48"),
        ({"from_min": 621}, 422, "the request does not fit"),
        ({"day": "2026-11-23"}, 409, "no start within this time keeps every promise"),
        ({"from_min": 0, "to_min": 100}, 409, "no start within this time keeps every promise"),
    ],
)
def test_what_is_no_slot_of_the_own_week_is_refused(
    planned: World, change: dict[str, object], status: int, told: str
) -> None:
    answer = planned.by("buddy").post(MOVES, json=TO_WEDNESDAY | change)
    assert answer.status_code == status and told in answer.json()["detail"]
    if status == 404:
        rows = planned.by("office").get("/api/v1/audit").json()["items"]
        assert ("POST /api/v1/me/weeks/{week}/moves", 404) in {
            (row["action"], row["outcome"]) for row in rows
        }
    assert planned.by("office").get("/api/v1/jobs").json()["items"] == []


def test_another_week_is_not_there(planned: World) -> None:
    answer = planned.by("buddy").post("/api/v1/me/weeks/2027-W01/moves", json=TO_WEDNESDAY)
    assert answer.status_code == 404
