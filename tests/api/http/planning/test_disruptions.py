"""Buddies' reports, as the disruptions that a replan makes of them."""

import pytest

from tests.api.http.conftest import World

AT = "2026-11-24T10:00:00+01:00"


def test_a_visit_that_was_called_off_is_told_until_it_is_planned_around(
    on_sqlite: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import datetime

    monkeypatch.setattr("api.http.planning.disruptions.now", lambda: datetime.fromisoformat(AT))
    on_sqlite.published()
    office, buddy = on_sqlite.by("office"), on_sqlite.by("buddy")
    assert office.get("/api/v1/upsets").json() == []
    week = buddy.get("/api/v1/me/weeks/2026-W48").json()
    day, stop = next((day["date"], stop) for day in week["days"] for stop in day["stops"])
    given = {"visit": stop["visit"], "date": day, "outcome": "cancelled_company"}
    assert buddy.post("/api/v1/contacts", json=given).status_code == 201
    (told,) = office.get("/api/v1/upsets").json()
    assert (told["visit"], told["outcome"], told["week"]) == (stop["visit"], "cancelled_company", "2026-W48")
    assert told["disruption"] == {"kind": "cancelled", "visit": stop["visit"], "company": stop["place"]}
    taken = office.post(f"/api/v1/plans/{told['plan']}/replan", json={"disruptions": [told["disruption"]]})
    assert taken.status_code == 202, taken.text


@pytest.mark.parametrize(
    "span",
    [
        {"kind": "away", "buddy": "b01", "first": "2026-11-26", "last": "2026-11-23"},
        {"kind": "moved", "visit": "v", "date": "2026-11-26", "from_min": 600, "to_min": 599},
    ],
)
def test_a_span_that_ends_before_it_begins_is_refused(on_sqlite: World, span: dict[str, object]) -> None:
    answer = on_sqlite.by("office").post("/api/v1/plans/any/replan", json={"disruptions": [span]})
    assert answer.status_code == 422
    assert "before it begins" in answer.text


def test_what_has_not_come_is_refused_at_once(on_sqlite: World) -> None:
    on_sqlite.published()
    office, buddy = on_sqlite.by("office"), on_sqlite.by("buddy")
    week = buddy.get("/api/v1/me/weeks/2026-W48").json()
    visit = week["days"][0]["stops"][0]["visit"]
    asked = {"moment": "2026-11-23T00:00:00+01:00", "disruptions": [{"kind": "missed", "visit": visit}]}
    answer = office.post(f"/api/v1/plans/{week['plan']}/replan", json=asked)
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:buddyplan:problem:time_not_come"
    assert answer.json()["fields"]["visit"] == visit
