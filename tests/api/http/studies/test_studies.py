"""Stored scenarios run as jobs: who sees their outcomes, and several compared."""

import io

from python_calamine import CalamineWorkbook

from data.base.message import message
from data.base.stored_message import message_text
from data.store.tables import schema as s
from data.store.work.jobs import job_of
from tests.api.http.conftest import World
from tests.api.http.studies.ran import ran

CHANGE = {"kind": "add_buddies", "id": "new", "district": "15090", "fields": {"districts": ["15090"]}}


def scenario(world: World, role: str, name: str = "Anna goes") -> str:
    made = world.by(role).post("/api/v1/scenarios", json={"name": name, "changes": [CHANGE]})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def test_a_study_is_run_and_compared(world: World) -> None:
    own = world.by("coordinator")
    asked = scenario(world, "coordinator")
    base, more = ran(world, "coordinator"), ran(world, "coordinator", scenario=asked)
    shown = own.get(f"/api/v1/studies/{more}").json()
    assert shown["scenario"] == asked and shown["weeks"] == []
    # The title of a scenario can hold a person's name, so outcomes are stored without it.
    assert shown["outcome"]["scenarios"] == [asked]
    compared = own.get(f"/api/v1/studies/{base}/comparison", params={"with": more})
    assert compared.status_code == 200, compared.text
    differences = {each["name"]: each for each in compared.json()["against"][0]["differences"]}
    assert differences["cost_cents"]["delta"] == 6_500_000
    assert {each["id"] for each in own.get("/api/v1/studies").json()["items"]} == {base, more}
    book = own.get(f"/api/v1/studies/{base}/comparison.xlsx", params={"with": more})
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book.content))
    assert "Anna goes: Wert" in sheets.get_sheet_by_name("Summen").to_python()[0]


def test_the_same_study_twice_has_the_same_hash(world: World) -> None:
    own, asked = world.by("coordinator"), scenario(world, "coordinator")
    found = [own.get(f"/api/v1/studies/{ran(world, 'coordinator', scenario=asked)}").json() for _ in range(2)]
    assert found[0]["hash"] == found[1]["hash"] and found[0]["id"] != found[1]["id"]


def test_planners_see_aggregates_of_their_own_alone(on_sqlite: World) -> None:
    world = on_sqlite
    own, others = ran(world, "planner", scenario=scenario(world, "planner")), ran(world, "coordinator")
    planner = world.by("planner")
    shown = planner.get(f"/api/v1/studies/{own}").json()
    assert shown["outcome"] is None and shown["shared"]["min_cell"] == 3
    assert planner.get(f"/api/v1/studies/{others}").status_code == 404
    assert [each["id"] for each in planner.get("/api/v1/studies").json()["items"]] == [own]
    assert world.by("host").get(f"/api/v1/studies/{own}").status_code == 404
    assert world.by("coordinator").get(f"/api/v1/studies/{own}").json()["outcome"] is not None


def test_a_planner_is_answered_alike_whether_an_id_exists_or_not(on_sqlite: World) -> None:
    """The small programme has the company `garage`; nobody has a `granary`."""
    planner, said = on_sqlite.by("planner"), []
    for key in ("garage", "granary"):
        change = {"kind": "change_companies", "companies": [key], "fields": {"priority": 5}}
        answer = planner.post("/api/v1/scenarios", json={"name": "guess", "changes": [change]})
        assert answer.status_code == 422
        said.append(answer.text.replace(key, "…"))
    assert said[0] == said[1]


def test_new_rows_of_a_planner_may_be_called_like_hidden_ones(on_sqlite: World) -> None:
    """A refusal of `anna-1` beside `anna` would tell who there is; positions are never compared at all."""
    planner = on_sqlite.by("planner")
    change = {"kind": "add_companies", "id": "garage", "district": "15002"}
    made = planner.post("/api/v1/scenarios", json={"name": "more", "changes": [change]})
    assert made.status_code == 201, made.text
    sent = {"positions": ("p.csv", "id,town\nanna,Halle\nbea,Halle\n", "text/csv")}
    asked = planner.post("/api/v1/studies/frontier", data={"most": "1"}, files=sent)
    assert asked.status_code == 202, asked.text


def test_a_planner_s_failed_study_tells_no_rows(on_sqlite: World) -> None:
    world = on_sqlite
    key = world.by("planner").post("/api/v1/studies", json={}).json()["job"]
    told = message_text(message("outcome_breaks_rules", count=1, first=message("does_not_exist")))
    with world.service.store.writing() as c:
        c.execute(s.job.update().where(s.job.c.id == key).values(state="failed", error=told))
    shown = world.by("planner").get(f"/api/v1/jobs/{key}").json()
    assert (shown["error_code"], shown["error_fields"]) == ("result_not_for_reader", {})
    assert world.by("coordinator").get(f"/api/v1/jobs/{key}").json()["error_code"] == "outcome_breaks_rules"


def test_weeks_that_cannot_be_planned_are_refused(on_sqlite: World) -> None:
    own = on_sqlite.by("coordinator")
    late = own.post("/api/v1/studies", json={"first_week": "2099-W01", "weeks": 1})
    assert late.status_code == 422 and "2099-W01" in late.json()["detail"]
    assert own.post("/api/v1/studies", json={"scenario": "nothing"}).status_code == 404
    with on_sqlite.service.store.reading() as c:
        assert c.execute(s.job.select()).all() == []


def test_a_study_is_cancelled_without_an_outcome(on_sqlite: World) -> None:
    world = on_sqlite
    key = world.by("planner").post("/api/v1/studies", json={}).json()["job"]
    assert world.by("planner").delete(f"/api/v1/jobs/{key}").status_code == 202
    with world.service.store.reading() as c:
        assert (job_of(c, key).state, job_of(c, key).result) == ("cancelled", "")
