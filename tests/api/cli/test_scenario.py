"""`buddyplan scenario` as people use it: errors are reported at once, stored outcomes are reused."""

import json
from pathlib import Path

import pytest

from tests.api.conftest import Run
from tests.folders import DOCS

BUDDIES = "id,lat,lon,languages,max_companies,host\nanna,52.13,11.63,de:C2 uk:C1,1,craft\n"
COMPANIES = "id,lat,lon,visits_per_4_weeks,specialists\nbaker,52.12,11.62,2,uk:2\nmill,52.10,11.60,1,\n"
MORE = 'name = "One more"\n[[changes]]\nkind = "add_buddies"\nid = "new"\nlike = "anna"\n'
CHILD = 'name = "And calls"\nparent = "more.toml"\n[[changes]]\nkind = "call_share"\npercent = 100\n'
WRONG = MORE.replace("anna", "ana") + '[[changes]]\nkind = "remove_companies"\ncompanies = ["mil"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a programme of one buddy who takes one of two companies, with scenarios beside it."""
    made = tmp_path / "programme"
    made.mkdir()
    (made / "buddies.csv").write_text(BUDDIES)
    (made / "companies.csv").write_text(COMPANIES)
    (made / "hosts.csv").write_text("id,name\ncraft,Craft\n")
    for name, text in (("more", MORE), ("child", CHILD), ("wrong", WRONG)):
        (tmp_path / f"{name}.toml").write_text(text)
    return made


def test_a_wrong_scenario_is_refused_with_every_finding_and_writes_nothing(
    folder: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(tmp_path.rglob("*"))
    for command in ("check", "run", "compare"):
        words = () if command == "check" else ("--out", tmp_path / "out")
        assert buddyplan("scenario", command, folder, tmp_path / "wrong.toml", *words) == 2
        shown = capsys.readouterr().err
        assert 'did you mean "anna"?' in shown and 'did you mean "mill"?' in shown
    assert sorted(tmp_path.rglob("*")) == before


def test_check_tells_what_changes(
    folder: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert buddyplan("scenario", "check", folder, tmp_path / "child.toml") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["One more + And calls", "  add_buddies: buddies 1 added", "  call_share: care 2 changed"]


def test_compare_runs_today_and_each_and_again_from_what_it_kept(
    folder: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("scenario", "compare", folder, tmp_path / "more.toml", tmp_path / "child.toml", "--weeks", "0")
    out = tmp_path / "out"
    assert buddyplan(*words, "--out", out, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["scenarios"] for each in told["outcomes"]] == [[], ["One more"], ["One more", "And calls"]]
    assert told["against"][0]["differences"][0] == {"name": "coverage", "delta": 1, "verdict": "better"}
    files = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert {"comparison.json", "comparison.xlsx", "report.html", "pictures/coverage.svg"} <= set(
        map(str, files)
    )
    kept = sorted((out / "outcomes").iterdir())
    times = [path.stat().st_mtime_ns for path in kept]
    assert buddyplan(*words, "--out", out) == 0
    assert [path.stat().st_mtime_ns for path in kept] == times
    assert {name: (out / name).read_bytes() for name in files} == files


def test_run_stacks_files_into_one_scenario(
    folder: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    files = (tmp_path / "more.toml", tmp_path / "calls.toml")
    files[1].write_text(CHILD.replace('parent = "more.toml"\n', ""))
    assert buddyplan("scenario", "run", folder, *files, "--stack", "--weeks", "0", "--json") == 0
    made = json.loads(capsys.readouterr().out)["outcomes"]
    assert [each["scenarios"] for each in made] == [["One more", "And calls"]]


def test_a_scenario_that_is_its_own_parent_is_refused(
    folder: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "more.toml").write_text('parent = "child.toml"\n' + MORE)
    assert buddyplan("scenario", "check", folder, tmp_path / "child.toml") == 2
    assert "is its own parent" in capsys.readouterr().err


def test_the_report_of_a_run_shows_its_comparison(folder: Path, tmp_path: Path, buddyplan: Run) -> None:
    out = tmp_path / "out"
    assert buddyplan("match", folder, "--out", out, "--explain", "0") == 0
    assert buddyplan("scenario", "compare", out, tmp_path / "more.toml", "--weeks", "0") == 0
    assert (out / "scenarios" / "report.html").exists()
    assert "Szenarien im Vergleich" in (out / "report.html").read_text(encoding="utf-8")
    assert buddyplan("check", out) == 0


def test_the_report_of_a_run_shows_every_study_in_its_folder(
    folder: Path, tmp_path: Path, buddyplan: Run
) -> None:
    out, positions = tmp_path / "out", tmp_path / "positions.csv"
    assert buddyplan("match", folder, "--out", out, "--explain", "0") == 0
    for words in (
        ("stress", out, "--draws", "2", "--weeks", "1", "--workers", "1"),
        ("hire", out, "--workers", "1"),
        ("positions", out, "--out", positions),
        ("frontier", out, "--positions", positions, "--most", "2", "--keep"),
        ("compare", out, tmp_path / "more.toml", "--weeks", "0", "--out", tmp_path / "elsewhere"),
    ):
        assert buddyplan("scenario", *words) == 0
    report = (out / "report.html").read_text(encoding="utf-8")
    found = [report.index(f'<h2 id="{key}">') for key in ("compared", "frontier", "hire", "stress")]
    assert found == sorted(found)
    assert {each.name for each in out.iterdir() if each.is_dir()} >= {"stress", "hire", "frontier"}
    # A result outside the run's folder is shown only by the command that wrote it.
    assert buddyplan("scenario", "hire", out, "--workers", "1") == 0
    assert '<h2 id="compared">' not in (out / "report.html").read_text(encoding="utf-8")
    assert buddyplan("check", out) == 0


@pytest.mark.parametrize("name", ["krank-im-januar.toml", "fuenf-mehr.toml"])
def test_the_examples_fit_the_sample(name: str, buddyplan: Run) -> None:
    file = DOCS / "scenarios" / name
    assert buddyplan("scenario", "check", "demo", file) == 0
