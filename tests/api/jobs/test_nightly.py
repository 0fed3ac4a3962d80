"""The nightly run: a draft from the files, once for the same input, and not beside another job."""

import csv
from pathlib import Path

import pytest

from api.jobs.nightly import coming_week
from api.published.publishing import adopt_with
from api.run.registered.programmes import Programmes
from api.service.settings import Settings
from api.service.sources import default_sources
from api.service.wiring import Service, wired
from data.invented.generate import generate, write_programme
from data.register.changes.enter import By, enter
from data.register.changes.operations import Act, Operation
from data.store.register.change_sets import Source
from data.store.work.jobs import JobKind, NewJob, ask_cancel, jobs_of, keep_job
from data.store.work.matchings import matching_of
from data.store.work.plans import plan_of, publish
from data.store.work.problems import problem_of
from tests.api.conftest import Run

WEEK = "2026-W48"


@pytest.fixture
def night(
    tmp_path: Path, database_url: str, buddyplan: Run, monkeypatch: pytest.MonkeyPatch
) -> tuple[Run, Service]:
    monkeypatch.setenv("BUDDYPLAN_DATABASE_URL", database_url)
    monkeypatch.setenv("BUDDYPLAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("BUDDYPLAN_WORKERS", "1")
    folder = tmp_path / "files"
    folder.mkdir()
    write_programme(folder, generate(2, 6, 1, WEEK, default_sources()))
    (folder / "relations.csv").unlink()

    def run(*words: str | Path) -> int:
        out = tmp_path / "out"
        return buddyplan(
            "nightly", folder, "--week", WEEK, "--explain", "0", "--programme", "p", "--out", out, *words
        )

    return run, wired(Settings())


def test_the_same_input_makes_one_draft_and_a_job_under_way_is_left_alone(
    night: tuple[Run, Service], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, service = night
    with service.store.reading() as c:
        assert jobs_of(c, "p") == ()
    assert run() == 0
    with service.store.writing() as c:
        planned, matched = jobs_of(c, "p")
        assert (planned.kind, matched.kind) == (JobKind.PLAN, JobKind.MATCH)
        assert plan_of(c, planned.result).complete
    assert (tmp_path / "out" / "report.html").exists()
    capsys.readouterr()

    assert run() == 0
    assert "nothing has changed since the last time" in capsys.readouterr().out
    with service.store.writing() as c:
        assert len(jobs_of(c, "p")) == 2
        adopt_with(c, Programmes(), publish(c, planned.result, "u"), "u")
        other = keep_job(c, NewJob("p", JobKind.MATCH, WEEK, 1, {}, "u"))

    assert run() == 2
    assert f"job {other} is under way for {WEEK}" in capsys.readouterr().err
    with service.store.writing() as c:
        ask_cancel(c, other)

    assert run() == 0
    with service.store.reading() as c:
        again = jobs_of(c, "p")[1]
        problem, _ = problem_of(c, again.input["problem"])
        in_force = matching_of(c, matched.result).matching
    pairs = {(one.company, one.buddy) for one in problem.relations}
    assert pairs == {(one.company, one.buddy) for one in in_force.pairs}
    assert again.id != matched.id
    service.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("adopts", [True, False])
def test_new_relations_are_adopted_at_night_if_the_policy_says_so(
    night: tuple[Run, Service], tmp_path: Path, adopts: bool
) -> None:
    """Without relations in the files every pair is an addition; what is adopted is in the register then."""
    run, service = night
    policy = tmp_path / "files" / "policy.toml"
    policy.write_text(f"nightly_adopts = {str(adopts).lower()}\n{policy.read_text()}")
    assert run() == 0
    with service.store.reading() as c:
        _, matched = jobs_of(c, "p")
        stored = matching_of(c, matched.result)
        relations = [*Programmes().register(c, "p").of("relations")]
    pairs = {(pair.company, pair.buddy) for pair in stored.matching.pairs} if adopts else set()
    assert {(row.values["company"], row.values["buddy"]) for row in relations} == pairs
    assert (stored.adopted_at is not None) == adopts
    service.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_night_without_a_week_begins_with_the_next_one_that_has_no_plan(
    night: tuple[Run, Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    run, service = night
    assert run() == 0
    monkeypatch.setattr("api.jobs.nightly.next_week", lambda: WEEK)
    assert coming_week(service, "p") == WEEK
    with service.store.writing() as c:
        publish(c, jobs_of(c, "p")[0].result, "u")
    assert coming_week(service, "p") == "2026-W49"
    service.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_files_and_register_have_both_moved_the_night_tells_both_values(
    night: tuple[Run, Service], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, service = night
    assert run() == 0
    programmes = Programmes()
    with service.store.writing() as c:
        operation = Operation(Act.CHANGE, "companies", "c0001", {"employees": "4711"})
        enter(c, programmes.registers, programmes.area(c, "p"), [operation], By("office", Source.DESK))
    companies = tmp_path / "files" / "companies.csv"
    rows = list(csv.DictReader(companies.open(encoding="utf-8")))
    with companies.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | ({"employees": "12"} if row["id"] == "c0001" else {}) for row in rows)
    capsys.readouterr()
    assert run() == 0
    (told,) = [line for line in capsys.readouterr().out.splitlines() if "companies/c0001/employees" in line]
    assert "4711" in told and "12" in told.replace("4711", "")
    service.close()
