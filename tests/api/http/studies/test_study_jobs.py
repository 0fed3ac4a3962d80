"""Frontier, one more buddy, and stress as jobs: their results, who sees what, and what is refused."""

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from api.http.studies.study_jobs import MOST_DRAWS, MOST_POSITIONS
from data.store.tables import schema as s
from data.store.work.jobs import job_of
from tests.api.http.conftest import World
from tests.api.http.studies.ran import computed, ran

POSITIONS = "id,lat,lon,districts\nnorth,52.6,11.86,15090\nsouth,51.48,11.97,15002\n"


def frontier(world: World, role: str, text: str = POSITIONS, **fields: Any) -> Any:
    sent = {"positions": ("mine.csv", text.encode(), "text/csv")} if text else None
    return world.by(role).post("/api/v1/studies/frontier", data={"most": "2", **fields}, files=sent)


def asked(world: World, role: str, what: str, **body: Any) -> str:
    return computed(world, role, world.by(role).post(f"/api/v1/studies/{what}", json=body))


def test_a_frontier_is_computed_shown_drawn_and_written(world: World) -> None:
    own, study = world.by("coordinator"), computed(world, "coordinator", frontier(world, "coordinator"))
    shown = own.get(f"/api/v1/studies/{study}").json()
    assert (shown["kind"], shown["scenario"], shown["outcome"], shown["hire"]) == (
        "frontier",
        None,
        None,
        None,
    )
    points = shown["frontier"]["points"]
    # The south serves garage and nursery of priority 3 each, the north the foundry of priority 5.
    assert [each["positions"] for each in points] == [[], ["south"], ["north", "south"]]
    assert [each["served"] for each in points] == [0, 6, 11]
    assert dict(points[2]["buddy_of"]) == {"foundry": "north", "garage": "south", "nursery": "south"}
    picture = own.get(f"/api/v1/studies/{study}/picture.svg", params={"language": "en"})
    assert picture.headers["content-type"] == "image/svg+xml" and b"<svg" in picture.content
    book = own.get(f"/api/v1/studies/{study}/workbook.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:2] == ["Stellen", "betreut"] and [row[1] for row in rows[1:]] == [0, 6, 11]


def test_positions_are_made_up_where_none_are_sent(on_sqlite: World) -> None:
    study = computed(on_sqlite, "coordinator", frontier(on_sqlite, "coordinator", "", keep="true"))
    shown = on_sqlite.by("coordinator").get(f"/api/v1/studies/{study}").json()["frontier"]
    assert shown["present"] == ["anna", "ben"]
    assert all(each.startswith("p15") for each in shown["points"][1]["positions"])


def test_all_that_is_wrong_with_positions_is_told_at_once(on_sqlite: World) -> None:
    wrong = frontier(on_sqlite, "coordinator", "id,town,host\nanna,Halle,none\np,Nirgendwo,\np,Halle,\n")
    assert wrong.status_code == 422
    told = {(each["file"], each["row"], each["column"]) for each in wrong.json()["findings"]}
    assert {("positions.csv", 2, "id"), ("positions.csv", 2, "host"), ("positions.csv", 4, "id")} <= told
    many = "id,lat,lon\n" + "".join(f"p{n},52,11\n" for n in range(2001))
    assert frontier(on_sqlite, "planner", many).status_code == 413
    assert frontier(on_sqlite, "planner", "PK\x03\x04").status_code == 415
    assert frontier(on_sqlite, "planner", most=str(MOST_POSITIONS + 1)).status_code == 422
    with on_sqlite.service.store.reading() as c:
        assert c.execute(s.job.select()).all() == []


def test_where_one_more_helps_is_computed(world: World) -> None:
    own, study = world.by("coordinator"), asked(world, "coordinator", "hire")
    places = own.get(f"/api/v1/studies/{study}").json()["hire"]["places"]
    assert (places[0]["hire"]["district"], places[0]["gain"]) == ("15090", 1)
    assert places[0]["hire"]["resolved"]["gained"] == ["foundry"]
    assert b"Stendal" in own.get(f"/api/v1/studies/{study}/picture.svg").content
    book = own.get(f"/api/v1/studies/{study}/workbook.xlsx").content
    assert (
        CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()[1][1] == "Stendal"
    )
    assert [each["kind"] for each in own.get("/api/v1/studies", params={"kind": "hire"}).json()["items"]] == [
        "hire"
    ]
    assert own.get("/api/v1/studies", params={"kind": "stress"}).json()["items"] == []


def test_a_scenario_is_asked_about_weeks_before_the_usual_ones(on_sqlite: World) -> None:
    own, spoken = on_sqlite.by("coordinator"), {"kind": "learns", "buddies": ["anna"], "language": "fa"}
    made = own.post("/api/v1/scenarios", json={"name": "One more language", "changes": [spoken]})
    body = {"scenario": made.json()["id"], "first_week": "2026-W45", "weeks": 1}
    study = computed(on_sqlite, "coordinator", own.post("/api/v1/studies", json=body))
    assert own.get(f"/api/v1/studies/{study}").json()["outcome"]["weeks"] == ["2026-W45"]


def test_a_stress_compares_a_scenario_under_the_same_luck(world: World) -> None:
    own = world.by("coordinator")
    change = {"kind": "add_buddies", "id": "new", "like": "ben", "fields": {"districts": ["15090"]}}
    made = own.post("/api/v1/scenarios", json={"name": "Anna goes", "changes": [change]}).json()["id"]
    rates = {"cancellations": {"rate_per_visit": 0.5}}
    study = asked(world, "coordinator", "stress", scenario=made, weeks=1, draws=2, seed=5, rates=rates)
    stress = own.get(f"/api/v1/studies/{study}").json()["stress"]
    # The title of a scenario can hold a person's name, so it is not stored, and appears only in files.
    assert [each["name"] for each in stress["scenarios"]] == ["", made]
    assert (stress["seed"], stress["rates"]["cancellations"]) == (5, {"rate_per_visit": 0.5})
    assert [[draw["draw"] for draw in each["draws"]] for each in stress["scenarios"]] == [[0, 1], [0, 1]]
    book = own.get(f"/api/v1/studies/{study}/workbook.xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert "Anna goes" in {row[0] for row in rows}
    assert own.get(f"/api/v1/studies/{study}/picture.svg").status_code == 200


def test_others_see_less_of_their_own_and_nothing_of_others(on_sqlite: World) -> None:
    world, planner = on_sqlite, on_sqlite.by("planner")
    theirs = [
        computed(world, "planner", frontier(world, "planner")),
        asked(world, "planner", "hire"),
        asked(world, "planner", "stress", draws=20, weeks=1),
    ]
    shown = [planner.get(f"/api/v1/studies/{key}").json() for key in theirs]
    # Every point but zero serves fewer than three companies, or leaves out fewer than three.
    assert [each["count"] for each in shown[0]["frontier"]["points"]] == [0]
    assert shown[1]["hire"]["places"] == []
    assert shown[2]["stress"]["scenarios"][0]["draws"] == []
    text = "".join(planner.get(f"/api/v1/studies/{key}").text for key in theirs)
    assert not any(key in text for key in ("anna", "ben", "foundry", "bakery", "garage", "nursery"))
    other = asked(world, "coordinator", "hire")
    for part in ("", "/picture.svg", "/workbook.xlsx"):
        assert planner.get(f"/api/v1/studies/{other}{part}").status_code == 404
        assert planner.get(f"/api/v1/studies/{theirs[0]}{part}").status_code == 200
        assert world.by("host").get(f"/api/v1/studies/{theirs[0]}{part}").status_code == 404


@pytest.mark.parametrize(
    ("role", "body", "status"),
    [
        ("coordinator", {"draws": MOST_DRAWS + 1}, 422),
        ("coordinator", {"weeks": 9}, 422),
        ("coordinator", {"first_week": "2099-W01"}, 422),
        ("coordinator", {"rates": {"illness": {"rate_per_week": 2}}}, 422),
        ("coordinator", {"scenario": "nothing"}, 404),
        ("planner", {"draws": 19}, 403),
        ("planner", {"rates": {}}, 403),
    ],
)  # fmt: skip
def test_a_stress_beyond_what_may_be_asked_is_refused(
    on_sqlite: World, role: str, body: dict[str, Any], status: int
) -> None:
    answer = on_sqlite.by(role).post("/api/v1/studies/stress", json=body)
    assert answer.status_code == status, answer.text


def test_studies_of_other_kinds_are_not_compared_and_have_their_own_files(on_sqlite: World) -> None:
    own = on_sqlite.by("coordinator")
    run, hire = ran(on_sqlite, "coordinator"), asked(on_sqlite, "coordinator", "hire")
    assert own.get(f"/api/v1/studies/{run}/comparison", params={"with": hire}).status_code == 422
    assert own.get(f"/api/v1/studies/{run}/picture.svg").status_code == 404


@pytest.mark.parametrize("what", ["hire", "stress", "frontier"])
def test_a_cancelled_one_keeps_nothing(on_sqlite: World, what: str) -> None:
    world, own = on_sqlite, on_sqlite.by("coordinator")
    answer = (
        frontier(world, "coordinator") if what == "frontier" else own.post(f"/api/v1/studies/{what}", json={})
    )
    key = answer.json()["job"]
    assert own.delete(f"/api/v1/jobs/{key}").status_code == 202
    with world.service.store.reading() as c:
        assert (job_of(c, key).state, job_of(c, key).result) == ("cancelled", "")
        assert c.execute(s.outcome.select()).all() == []
