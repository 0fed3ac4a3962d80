"""The `buddyplan` command as people use it: exit statuses, messages, and never partial output."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from api.cli.app import app
from api.export.run_folder.read import read_run
from api.run.planned_days import planned_days
from data.model.calendar import Calendar
from tests.api.conftest import Run
from tests.drawn import kills

BUDDIES = "id,lat,lon,languages,max_companies\nanna,52.13,11.63,de:C2 uk:C1,5\n"
COMPANIES = "id,lat,lon,visits_per_4_weeks,specialists\nbaker,52.12,11.62,2,uk:2\nmill,52.10,11.60,1,\n"
WEEK = '{"days": [{"start": 480, "end": 600}], "travel_min": [[0, 20], [20, 0]], "visits": [%s]}'
VISIT = '{"id": "a", "node": 1, "duration_min": 30, "penalty": 100, "windows": [[[480, 560]]]%s}'


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """Return the smallest programme: one buddy, two companies, two sheets."""
    folder = tmp_path / "programme"
    folder.mkdir()
    (folder / "buddies.csv").write_text(BUDDIES)
    (folder / "companies.csv").write_text(COMPANIES)
    return folder


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small demo."""
    out = tmp_path_factory.mktemp("demo") / "out"
    words = ("demo", "--buddies", "6", "--companies", "90", "--out", str(out), "--json")
    subprocess.run([sys.executable, "-c", "from api.cli.app import main; main()", *words], check=True)
    return out


def test_the_demo_writes_what_it_promises(demo: Path) -> None:
    names = {path.name for path in demo.iterdir()}
    inputs = {"problem.json", "times.npz", "policy.toml", "reference"}
    inputs |= {"identity.json", "manifest.json", "run.json"}
    results = {
        "matching.json",
        "explanations.json",
        "matching.csv",
        "weeks",
        "plan.xlsx",
        "calendar",
        "plan.geojson",
        "report.html",
    }
    assert names == inputs | results


def test_the_same_seed_gives_the_same_bytes(demo: Path, tmp_path: Path, buddyplan: Run) -> None:
    again = tmp_path / "again"
    assert buddyplan("demo", "--buddies", "6", "--companies", "90", "--out", again, "--workers", "1") == 0
    files = [path.relative_to(demo) for path in demo.rglob("*") if path.is_file() and path.name != "run.json"]
    assert len(files) > 15
    for file in files:
        assert (demo / file).read_bytes() == (again / file).read_bytes(), file


def test_check_finds_nothing_in_a_run(demo: Path, buddyplan: Run) -> None:
    assert buddyplan("check", demo) == 0


def test_check_says_what_an_input_folder_is_and_what_to_do_with_it(
    programme: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert buddyplan("check", programme) == 2
    said = capsys.readouterr().err.replace("\n", " ")
    assert "the tables of a programme" in said and "check-data" in said


def test_check_names_a_stop_that_was_broken_by_hand(
    demo: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    file = next(path for path in sorted((demo / "weeks").iterdir()) if '"stops"' in path.read_text())
    whole = file.read_text()
    week = json.loads(whole)
    day = next(day for day in week["weeks"][0]["days"] if day)
    day["stops"][0]["start"] -= 600
    file.write_text(json.dumps(week))
    try:
        assert buddyplan("check", demo) == 4
        assert day["stops"][0]["id"] in capsys.readouterr().err
        assert buddyplan("check", demo, "--german") == 4
        assert "vor der Ankunft" in capsys.readouterr().err
        assert buddyplan("check", demo, "--json", "--german") == 4
    finally:
        file.write_text(whole)
    violations = json.loads(capsys.readouterr().out)["violations"]
    (early,) = [each for each in violations if each["code"] == "judged_before_arrival"]
    assert early["rule"] == "arrival" and early["where"].endswith(day["stops"][0]["id"])
    assert early["fields"]["start"] == day["stops"][0]["start"]
    assert early["sentence"].startswith("beginnt an Tag") and "vor der Ankunft" in early["sentence"]


def test_check_of_weeks_by_earlier_rules_is_one_sentence(
    demo: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Weeks of earlier rules that keep today's are fine; of others, no fault is told that was none then."""
    file = next(path for path in sorted((demo / "weeks").iterdir()) if '"stops"' in path.read_text())
    whole = file.read_text()
    week = json.loads(whole)
    assert week.pop("rules") == 2
    try:
        file.write_text(json.dumps(week))
        assert buddyplan("check", demo) == 0
        for plan in week["weeks"]:
            plan["remote_min"] += 1
        file.write_text(json.dumps(week))
        capsys.readouterr()
        assert buddyplan("check", demo, "--json", "--german") == 4
    finally:
        file.write_text(whole)
    (told,) = json.loads(capsys.readouterr().out)["violations"]
    assert told["code"] == "judged_earlier_rules" and "früheren Version" in told["sentence"]


def test_no_break_begins_in_the_first_two_hours(demo: Path) -> None:
    """The shift is that of the buddy's day; the demo has days of more than six hours."""
    run = read_run(demo)
    calendar = Calendar(run.problem)
    begun = [
        rest.start - (calendar.shift(day.buddy, day.date) or (0, 0))[0]
        for day in planned_days(run)
        for rest in day.route.breaks
    ]
    assert len(begun) >= 3 and min(begun) >= 120


def test_check_says_which_file_was_changed(demo: Path, tmp_path: Path, buddyplan: Run) -> None:
    policy = demo / "policy.toml"
    whole = policy.read_text()
    policy.write_text(whole.replace("promise_min = 30", "promise_min = 31"))
    try:
        assert buddyplan("check", demo) == 2
    finally:
        policy.write_text(whole)


def test_two_sheets_are_enough(programme: Path, tmp_path: Path, buddyplan: Run) -> None:
    out = tmp_path / "out"
    assert buddyplan("plan", programme, "--week", "2026-W48", "--out", out) == 0
    run = read_run(out)
    assert run.matching is not None
    assert run.matching.buddy_of == {"baker": "anna", "mill": "anna"}
    assert buddyplan("check", out) == 0


def test_match_alone_writes_no_weeks(programme: Path, tmp_path: Path, buddyplan: Run) -> None:
    out = tmp_path / "out"
    assert buddyplan("match", programme, "--week", "2026-W48", "--out", out, "--json") == 0
    run = read_run(out)
    assert run.matching is not None
    assert run.weeks == ()


def test_a_refined_matching_is_judged_like_any_other(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    words = ("demo", "--buddies", "3", "--companies", "40", "--workers", "1", "--refine", "5", "--json")
    assert buddyplan(*words, "--out", out) == 0
    told = json.loads(capsys.readouterr().out)["refinement"]
    run = read_run(out)
    assert run.refinement is not None
    assert told["routed"]["after"]["travel_min"] == run.refinement.routed.travel_min
    assert told["expected_travel_min"]["after"] == run.refinement.expected_min
    assert buddyplan("check", out) == 0
    claimed = json.loads((out / "refinement.json").read_text())
    claimed["expected_min"] += 1
    (out / "refinement.json").write_text(json.dumps(claimed))
    assert buddyplan("check", out) == 4


def test_bad_files_keep_the_former_output(
    programme: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert buddyplan("plan", programme, "--week", "2026-W48", "--out", out) == 0
    before = read_run(out)
    (programme / "companies.csv").write_text(COMPANIES.replace("mill,52.10", "mill,fifty"))
    assert buddyplan("check-data", programme) == 2
    assert buddyplan("plan", programme, "--week", "2026-W48", "--out", out) == 2
    assert 'companies.csv row 3, column lat: "fifty"' in capsys.readouterr().err
    assert read_run(out).problem.hash == before.problem.hash


def test_pins_beyond_a_caseload_are_not_solvable(programme: Path, tmp_path: Path, buddyplan: Run) -> None:
    (programme / "buddies.csv").write_text(BUDDIES.replace("C1,5", "C1,1"))
    (programme / "pins.csv").write_text("buddy,company\nanna,baker\nanna,mill\n")
    assert buddyplan("match", programme, "--week", "2026-W48", "--out", tmp_path / "out") == 3
    assert not (tmp_path / "out").exists()


def test_a_folder_of_somebody_else_is_refused_at_once(
    programme: Path, tmp_path: Path, buddyplan: Run
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("keep me")
    assert buddyplan("plan", programme, "--week", "2026-W48", "--out", mine) == 2
    assert (mine / "letter.txt").read_text() == "keep me"


def test_a_week_that_does_not_exist_is_refused(programme: Path, buddyplan: Run) -> None:
    assert buddyplan("plan", programme, "--week", "2025-W53") == 2


def test_solve_week_reads_a_file(tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "week.json"
    file.write_text(WEEK % (VISIT % ""))
    assert buddyplan("solve", "week", file) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["status"], result["objective"]) == ("optimal", 40)  # 20 there + 20 back


def test_a_week_without_visits_is_solved_and_one_with_an_empty_visit_is_refused(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "week.json"
    file.write_text(WEEK % "")
    assert buddyplan("solve", "week", file) == 0
    file.write_text(WEEK % "{}")
    assert buddyplan("solve", "week", file) == 2
    assert "visits[0].id: it has to be given" in capsys.readouterr().err


def test_a_week_that_cannot_be_is_exit_3(tmp_path: Path, buddyplan: Run) -> None:
    file = tmp_path / "week.json"
    file.write_text(WEEK.replace("600", "520") % (VISIT % ', "required": true'))  # 20 + 30 + 20 > 40
    assert buddyplan("solve", "week", file) == 3


def test_solve_assignment_reads_a_file(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "assignment.json"
    file.write_text(
        '{"capacity": [1, 1], "load": [[1, 1], [1, 1]], "cost": [[3, 1], [1, 2]], "penalty": [9, 9]}'
    )
    assert buddyplan("solve", "assignment", file) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["objective"], result["assignee"]) == (2, [1, 0])  # 1 + 1


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"[]", b"null", b""])
@pytest.mark.parametrize("kernel", ["week", "assignment"])
def test_solve_refuses_what_is_no_instance(
    kernel: str, content: bytes, tmp_path: Path, buddyplan: Run
) -> None:
    file = tmp_path / "instance.json"
    file.write_bytes(content)
    assert buddyplan("solve", kernel, file) == 2


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_kill_leaves_the_former_output_or_the_new_one(
    programme: Path, tmp_path: Path, buddyplan: Run
) -> None:
    out, chance = tmp_path / "out", random.Random(1)
    assert buddyplan("plan", programme, "--week", "2026-W48", "--out", out) == 0
    former = read_run(out).problem.hash
    (programme / "companies.csv").write_text(COMPANIES.replace("mill", "forge"))
    command = [sys.executable, "-c", "from api.cli.app import main; main()"]
    words = ("plan", str(programme), "--week", "2026-W48", "--out", str(out))
    begun = time.monotonic()
    subprocess.run([*command, *words], check=True)
    whole = time.monotonic() - begun
    new = read_run(out).problem.hash
    for _ in range(kills(by_day=2, by_night=12)):
        process = subprocess.Popen([*command, *words])
        time.sleep(chance.uniform(0.3, 1.0) * whole)
        process.kill()
        process.wait()
        assert read_run(out).problem.hash in (former, new)
        assert buddyplan("check", out) == 0


def test_pins_that_clash_are_named(
    buddyplan: Run, programme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (programme / "buddies.csv").write_text(BUDDIES.replace(",5\n", ",1\n"))
    (programme / "pins.csv").write_text("buddy,company\nanna,baker\nanna,mill\n")
    assert buddyplan("match", programme, "--out", programme.parent / "out") == 3
    said = capsys.readouterr().err
    assert "baker pinned to anna; mill pinned to anna; anna at most 1 companies" in said
    assert not (programme.parent / "out").exists()


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command below a group."""
    for name, inner in group.commands.items():
        if hasattr(inner, "commands"):
            yield from commands(inner, (*path, name))
        else:
            yield (*path, name)


@pytest.mark.parametrize("words", list(commands(get_command(app))), ids=" ".join)
def test_no_help_shows_how_a_default_is_made(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*words, "--help"])
    assert shown.exit_code == 0
    assert "Usage" in shown.output and "<class" not in shown.output and "<function" not in shown.output
