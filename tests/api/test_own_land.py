"""A programme with its own reference data has them everywhere: nothing falls back on the state that ships."""

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.export.run_folder.read import read_run
from api.http.accounts.passwords import password_hash
from api.http.app import create_app
from api.http.frame.session.cookies import SESSION
from api.jobs.solver import solve
from api.pages.desk.frame.client import Api
from api.pages.desk.frame.page import Desk, programme_sources
from api.pages.desk.frame.who_is_who import people_of
from api.pages.desk.matching.list import rows_of
from api.pages.desk.studies.change_form import lists_of
from api.pages.desk.studies.district_map import district_map
from api.pages.site import with_pages
from api.run.stored_sources import sources_of_programme
from api.service.settings import Settings
from api.service.sources import TRAVEL
from api.service.wiring import Service, wired
from api.words.speaker import Speaker
from data.results.solution import Matching
from data.store.people.users import NewUser, Role, add_user
from data.store.tables import schema as s
from data.store.work.jobs import JobKind, claim, jobs_of
from data.store.work.plans import publish
from tests.api.apart import apart
from tests.api.conftest import Run as Command
from tests.api.own_land_programme import COMPANIES, HOST, PROGRAMME, WEEK, write_own_programme
from tests.builders import Manhattan
from tests.data.reference.own_land import EAST, NAMES, OWN, SURVEY, WEST, write_reference
from tests.folders import ROOT

PASSWORD = "correct horse battery"
USERS = {"coordinator": Role.COORDINATOR, "viewer": Role.VIEWER}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return write_own_programme(tmp_path / "files")


@pytest.fixture
def out(files: Path, tmp_path: Path, buddyplan: Command) -> Path:
    """The folder of a run whose programme's files are gone."""
    folder = tmp_path / "out"
    assert buddyplan("plan", files, "--week", WEEK, "--out", folder, "--workers", 1) == 0
    shutil.rmtree(files)
    return folder


def texts(file: Path | bytes) -> str:
    """All text in a file; that of a workbook is in its parts."""
    content = file if isinstance(file, bytes) else file.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def expect_own(text: str, *districts: str) -> None:
    """The districts are called by their names, and nothing comes from the state that ships."""
    assert [each for each in districts if NAMES[each] not in text] == []
    assert "GeoBasis" not in text and "Magdeburg" not in text


def test_every_file_of_a_run_has_the_names_and_the_attributions(out: Path) -> None:
    for name in ("report.html", "plan.geojson", "plan.xlsx"):
        expect_own(texts(out / name), WEST, EAST)
    assert SURVEY in texts(out / "report.html")
    told = json.loads((out / "plan.geojson").read_text(encoding="utf-8"))["attribution"]
    assert told == f"{SURVEY}; © OpenStreetMap contributors"


def test_a_run_has_its_own_sources_and_its_ways_are_theirs(out: Path) -> None:
    run = read_run(out)
    assert run.sources.reference == OWN
    assert run.problem.programme.reference == OWN.hash
    # Over the only bridge: more than twice the way that there would be without a river.
    assert run.times.minutes("mill1", "mine1") > 40


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "{out}"),
        ("scenario", "hire", "{out}", "--english"),
        ("scenario", "positions", "{out}", "--out", "{out}/candidates.csv"),
        ("export", "{out}", "--kind", "geojson", "--to", "{out}/again.geojson"),
        ("replan", "{out}", "--away", "anna:2026-11-24", "--at", "2026-11-23T06:00", "--out", "{out}/again"),
    ],
    ids=lambda words: words[0] + words[1] * (words[0] == "scenario"),
)
def test_a_command_on_a_run_keeps_to_its_sources(
    words: tuple[str, ...], out: Path, buddyplan: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert buddyplan(*(word.replace("{out}", str(out)) for word in words)) == 0
    made = capsys.readouterr().out
    for name in ("hire/hire.html", "candidates.csv", "again.geojson", "again/report.html"):
        made += texts(out / name) if (out / name).exists() else ""
    assert "Magdeburg" not in made and "GeoBasis" not in made
    assert any(name in made for name in (*NAMES.values(), WEST, EAST))


def test_a_scenario_on_a_run_is_planned_with_its_ways(out: Path, buddyplan: Command, tmp_path: Path) -> None:
    scenario = tmp_path / "ill.toml"
    scenario.write_text('name = "krank"\n[[changes]]\nkind = "remove_buddies"\nbuddies = ["anna"]\n')
    command = ("scenario", "compare", out, scenario, "--out", tmp_path / "s", "--weeks", 0)
    assert buddyplan(*command) == 0
    expect_own(texts(tmp_path / "s" / "report.html"), WEST, EAST)


FUNDING = ("--host", HOST, "--from", "2026-11-01", "--to", "2026-11-30", "--out")


def test_a_funding_report_of_a_run_has_the_names(out: Path, buddyplan: Command) -> None:
    assert buddyplan("report", "funding", out, *FUNDING, out / "funding.xlsx") == 0
    expect_own(texts(out / "funding.xlsx"), WEST, EAST)


def test_a_new_source_of_travel_is_a_class_and_a_line_of_the_wiring(
    files: Path, tmp_path: Path, buddyplan: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TRAVEL, Manhattan.name, lambda texts: Manhattan())
    write_reference(files / "reference", OWN.replace(travel=Manhattan.name))
    folder = tmp_path / "out"
    assert buddyplan("match", files, "--week", WEEK, "--out", folder, "--explain", 0) == 0
    run = read_run(folder)
    assert run.times.source == run.sources.travel.name == Manhattan.name
    # 0.2 degrees of longitude.
    assert run.times.minutes("mill1", "mine1") == 20
    assert f"{SURVEY} · {Manhattan.attribution}" in texts(folder / "report.html")


def test_another_name_of_a_district_makes_another_problem(files: Path, out: Path, buddyplan: Command) -> None:
    before = read_run(out).problem
    write_own_programme(files)
    borders = files / "reference" / "districts.geojson"
    borders.write_text(
        borders.read_text(encoding="utf-8").replace("Nebelgau", "Nebelkreis"), encoding="utf-8"
    )
    assert buddyplan("match", files, "--week", WEEK, "--out", out, "--explain", 0) == 0
    assert read_run(out).problem.hash != before.hash
    assert "Nebelkreis" in texts(out / "report.html")


@pytest.fixture
def stored(
    files: Path, tmp_path: Path, database_url: str, buddyplan: Command, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Service]:
    """A store that got the programme by a nightly run, whose files are gone."""
    monkeypatch.setenv("BUDDYPLAN_DATABASE_URL", database_url)
    monkeypatch.setenv("BUDDYPLAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("BUDDYPLAN_WORKERS", "1")
    monkeypatch.setenv("BUDDYPLAN_PLAIN_HTTP", "1")
    assert buddyplan("nightly", files, "--week", WEEK, "--explain", 0, "--out", tmp_path / "night") == 0
    shutil.rmtree(files)
    service = wired(Settings())
    hashed = password_hash(PASSWORD)
    with service.store.writing() as c:
        for name, role in USERS.items():
            add_user(c, NewUser(name, role, PROGRAMME), hashed)
    yield service
    service.close()


def signed_in(service: Service, name: str) -> TestClient:
    client = TestClient(with_pages(create_app(service)), headers={"X-Requested-With": "test"})
    assert client.post("/api/v1/session", json={"login": name, "password": PASSWORD}).status_code == 201
    return client


def results(service: Service) -> dict[JobKind, str]:
    with service.store.reading() as c:
        return {job.kind: job.result for job in jobs_of(c, PROGRAMME)}


def test_the_store_gives_back_the_sources_and_keeps_them_once(stored: Service, tmp_path: Path) -> None:
    with stored.store.reading() as c:
        assert sources_of_programme(c, PROGRAMME).reference == OWN
        assert c.execute(select(s.problem.c.reference)).scalars().all() == [OWN.hash]
        assert c.execute(select(s.reference.c.hash)).scalars().all() == [OWN.hash]
    expect_own(texts(tmp_path / "night" / "report.html"), WEST, EAST)


def test_a_funding_report_of_the_store_has_the_names(
    stored: Service, tmp_path: Path, buddyplan: Command
) -> None:
    assert buddyplan("report", "funding", *FUNDING, tmp_path / "funding.xlsx") == 0
    expect_own(texts(tmp_path / "funding.xlsx"), WEST, EAST)


def test_what_the_service_sends_has_the_names(stored: Service) -> None:
    made, client = results(stored), signed_in(stored, "coordinator")
    layer = client.get(f"/api/v1/matchings/{made[JobKind.MATCH]}/map")
    expect_own(layer.text, WEST, EAST)
    assert layer.json()["attribution"].startswith(SURVEY)
    book = client.get(f"/api/v1/plans/{made[JobKind.PLAN]}/exports/xlsx")
    expect_own(texts(book.content), WEST, EAST)


def test_a_study_of_the_service_has_the_names_and_the_ways(stored: Service) -> None:
    client = signed_in(stored, "coordinator")
    asked = client.post("/api/v1/studies/hire", json={}, headers={"Idempotency-Key": "once"})
    assert asked.status_code == 202, asked.text
    with stored.store.writing() as c:
        job = claim(c, asked.json()["job"], timedelta(minutes=1))
    assert job
    solve(stored.store, job, stored.settings)
    (study,) = client.get("/api/v1/studies").json()["items"]
    expect_own(client.get(f"/api/v1/studies/{study['id']}/picture.svg").text, WEST, EAST)


def test_who_sees_figures_alone_sees_the_names_too(stored: Service) -> None:
    with stored.store.writing() as c:
        publish(c, results(stored)[JobKind.PLAN], "u")
    page = signed_in(stored, "viewer").get("/coverage").text
    expect_own(page, WEST, EAST)
    assert SURVEY in page


def test_the_desk_has_the_names(stored: Service) -> None:
    client = signed_in(stored, "coordinator")
    answer = client.get(f"/api/v1/matchings/{results(stored)[JobKind.MATCH]}")
    matching = Matching.model_validate_json(json.dumps(answer.json()["matching"]))
    secret = client.cookies[SESSION]

    async def shown() -> list[str]:
        async with Api(cast(Any, client.app), secret, PROGRAMME) as api:
            sources = programme_sources(stored, PROGRAMME)
            desk = Desk(api, Speaker("de"), cast(Any, None), [], cast(Any, None), sources)
            people = await people_of(desk)
            rows = [row.district for row in rows_of(desk, people, matching)]
            lists = [name for _, name in lists_of(desk.say, people, []).districts]
            return [*rows, *lists, people.name(WEST), district_map("", [EAST], {}, sources)]

    *listed, of_a_key, drawn = apart(shown())
    assert set(listed) == set(NAMES.values()) and len(listed) == len(COMPANIES) + len(NAMES)
    assert of_a_key == NAMES[WEST] and NAMES[EAST] in drawn and SURVEY in drawn


def test_files_sent_to_the_service_are_read_with_the_programmes_sources(
    stored: Service, tmp_path: Path
) -> None:
    folder = write_own_programme(tmp_path / "sent")
    client = signed_in(stored, "coordinator")
    sent = [("files", (path.name, path.read_bytes())) for path in folder.iterdir() if path.is_file()]
    done = client.post("/api/v1/imports", files=sent, data={"week": WEEK})
    assert done.status_code == 201, done.text
    assert done.json()["findings"] == []
    with stored.store.reading() as c:
        assert sources_of_programme(c, PROGRAMME).reference == OWN
    listed = client.get("/api/v1/companies").json()["items"]
    assert {(each["id"][:4], each["district"]) for each in listed} == {("mill", WEST), ("mine", EAST)}


def test_nothing_asks_for_what_ships_but_the_wiring() -> None:
    """What ships is what a programme has that brings nothing, which one place decides."""
    names = re.compile(r"^from data\.reference\.shipped import .*\b(shipped|SHIPPED)\b", re.MULTILINE)
    found = {
        path.relative_to(ROOT).as_posix()
        for package in ("api", "data", "matching", "scheduling")
        for path in (ROOT / package).rglob("*.py")
        if names.search(path.read_text(encoding="utf-8"))
    }
    # The generator draws from figures that ship, but gets its places and ways handed in; what is in no
    # district of the programme is looked for in all states, to be told.
    assert found == {"api/service/sources.py", "data/reference/germany.py", "data/invented/figures.py"}
