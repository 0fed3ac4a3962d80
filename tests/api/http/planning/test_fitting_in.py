"""A visit that a published week leaves out: the cost of planning it anyway, and that it can be planned."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from api.run.run import Run
from api.service.sources import default_sources
from data.model.identity import Identities
from data.model.problem import Care
from matching.solve import match
from scheduling.plan.plan_weeks import plan_weeks
from tests.api.http.conftest import World, filled
from tests.api.http.test_acceptance import done
from tests.builders import buddy, company, problem, times

SUNDAY = "2026-11-22T10:00:00+01:00"
MORNING = ((), ((480, 600),), (), (), (), (), ())
VISITS = {"c1-2026-W48-1", "c2-2026-W48-1"}


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Anna works on Tuesday from 480 to 600; of two visits of 80 minutes, only one fits."""
    monkeypatch.setattr("api.http.planning.slots.now", lambda: datetime.fromisoformat(SUNDAY))
    asked = problem(
        (buddy("anna", shifts=MORNING),),
        (company("c1"), company("c2")),
        care=tuple(Care(company=key, every_weeks=1, minutes=80) for key in ("c1", "c2")),
    )
    matching, ways = match(asked, times(asked)), times(asked)
    run = Run(
        asked, Identities(), ways, default_sources(), matching, weeks=plan_weeks(asked, matching, ways, 1)
    )
    for world in filled("", tmp_path, run):
        world.published()
        yield world


def planned(world: World) -> set[str]:
    week = world.by("buddy").get("/api/v1/me/weeks/2026-W48").json()
    return {stop["visit"] for day in week["days"] for stop in day["stops"]}


def test_what_has_no_slot_is_had_at_the_price_that_was_told(full: World) -> None:
    office, made = full.by("office"), planned(full)
    (other,), (visit,) = made, VISITS - made
    asked = {"at": visit.partition("-")[0], "week": "2026-W48", "buddy": "anna", "visit": visit}
    found = office.get("/api/v1/slots", params=asked).json()
    assert found["slots"] == []
    cost = found["fit_in"]
    assert (cost["day"], cost["broken"], cost["left_out"]) == ("2026-11-24", [other], [other])
    wish = {"kind": "moved", "visit": visit, "date": cost["day"]}
    wish |= {"from_min": cost["start_min"], "to_min": cost["start_min"]}
    body = {"moment": SUNDAY, "disruptions": [wish]}
    draft = done(full.service, office, office.post(f"/api/v1/plans/{full.plan}/replan", json=body))
    (own,) = office.get(f"/api/v1/plans/{draft}").json()["buddies"]
    stops = [(stop["id"], stop["start"]) for day in own["weeks"][0]["days"] if day for stop in day["stops"]]
    assert stops == [(visit, cost["start_min"])]


def test_a_visit_that_is_planned_is_only_moved(full: World) -> None:
    (visit,) = planned(full)
    asked = {"at": visit.partition("-")[0], "week": "2026-W48", "buddy": "anna", "visit": visit}
    found = full.by("office").get("/api/v1/slots", params=asked).json()
    assert found["fit_in"] is None and found["slots"]
