"""`buddyplan scenario batch|stress|hire` as people use them: killed, restarted, refused, compared."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.api.conftest import Run

COUNT = 40
PATIENCE_S = 120.0
BUDDIES = "id,lat,lon,languages,max_companies\nanna,52.13,11.63,de:C2 uk:C1,2\nben,52.14,11.60,de:C2,2\n"
COMPANIES = "id,lat,lon,visits_per_4_weeks,specialists\n" + "".join(
    f"c{n},52.{10 + n},11.62,4,uk:2\n" for n in range(6)
)


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """Return a small programme: two buddies with room for four of six companies."""
    folder = tmp_path / "programme"
    folder.mkdir()
    (folder / "buddies.csv").write_text(BUDDIES)
    (folder / "companies.csv").write_text(COMPANIES)
    return folder


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    """Return a folder of scenarios: more and more care is needed."""
    folder = tmp_path / "scenarios"
    folder.mkdir()
    for n in range(COUNT):
        text = f'name = "care {n}"\n[[changes]]\nkind = "care_need"\npercent = {101 + n}\n'
        (folder / f"s{n:02}.toml").write_text(text)
    return folder


def stamps(folder: Path, kind: str) -> dict[str, int]:
    """Return when each result was written."""
    return {file.name: file.stat().st_mtime_ns for file in (folder / kind).glob("*.json")}


def test_forty_scenarios_killed_and_started_again(
    programme: Path, scenarios: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "batch"
    words = ["scenario", "batch", str(programme), "--folder", str(scenarios), "--out", str(out)]
    command = [sys.executable, "-c", "from api.cli.app import main; main()", *words, "--workers", "2"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        begun = time.monotonic()
        while len(stamps(out, "parts")) < 4:
            assert time.monotonic() < begun + PATIENCE_S, "the batch does not get on"
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    finished = stamps(out, "parts")
    assert 4 <= len(finished) <= COUNT
    assert buddyplan(*words, "--workers", "1", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["scenarios"] for each in told["outcomes"]] == [[], *([f"care {n}"] for n in range(COUNT))]
    after = stamps(out, "parts")
    assert len(after) == COUNT + 1
    assert finished.items() <= after.items()  # nothing finished was written again
    kept = stamps(out, "outcomes")
    assert len(kept) == COUNT + 1
    some = [scenarios / "s00.toml", scenarios / "s01.toml"]
    assert buddyplan("scenario", "compare", programme, *some, "--out", out) == 0
    assert stamps(out, "outcomes") == kept  # what the batch found is not run again


def test_one_scenario_that_fails_stops_no_other(
    programme: Path, scenarios: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from api.studies.batch import scenario_batch

    def picky(shared: bytes, given: dict[str, list[dict[str, str]]]) -> object:
        if given["scenarios"] and given["scenarios"][0]["name"] == "care 1":
            raise ValueError("no")
        return whole(shared, given)

    whole = scenario_batch.scenario_outcome
    monkeypatch.setattr(scenario_batch, "scenario_outcome", picky)
    files = [scenarios / f"s0{n}.toml" for n in range(3)]
    words = (
        "scenario",
        "batch",
        programme,
        *files,
        "--out",
        tmp_path / "b",
        "--workers",
        "1",
        "--weeks",
        "0",
    )
    assert buddyplan(*words) == 3
    assert "care 1: an unexpected error ended it (ValueError: no)" in capsys.readouterr().err
    assert len(stamps(tmp_path / "b", "parts")) == 3
    monkeypatch.undo()
    assert buddyplan(*words) == 0
    assert len(stamps(tmp_path / "b", "parts")) == 4
    assert buddyplan(*words[:-1], "1") == 2  # plans a week, which the batch did not
    assert "another batch" in capsys.readouterr().err


def test_what_cannot_be_a_batch_is_refused(
    programme: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert buddyplan("scenario", "batch", programme, "--out", tmp_path / "b") == 2
    assert "name files, or a folder" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert buddyplan("scenario", "batch", programme, "--folder", tmp_path / "empty") == 2
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('name = "x"\n[[changes]]\nkind = "remove_buddies"\nbuddies = ["nobody"]\n')
    assert buddyplan("scenario", "batch", programme, wrong, "--out", tmp_path / "b") == 2
    assert "nobody" in capsys.readouterr().err
    assert not (tmp_path / "b").exists()


def test_stress_is_told_drawn_and_the_same_again(
    programme: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    more, out = tmp_path / "more.toml", tmp_path / "stress"
    more.write_text('name = "one more"\n[[changes]]\nkind = "add_buddies"\nid = "new"\nlike = "anna"\n')
    words = ("scenario", "stress", programme, more, "--draws", "3", "--weeks", "1", "--workers", "1")
    assert buddyplan(*words, "--out", out, "--english") == 0
    told = capsys.readouterr().out
    assert "3 draws of seed 1" in told
    assert "one more against As it is, coverage delivered: more in 3 of 3 draws" in told
    found = json.loads((out / "stress.json").read_text())
    # Two buddies have room for four of six companies, three for all.
    assert [each["plan"]["served"] for each in found["scenarios"]] == [4, 6]
    parts, files = (
        stamps(out, "parts"),
        {name: (out / name).read_bytes() for name in ("stress.json", "stress.svg")},
    )
    assert buddyplan(*words, "--out", out, "--english") == 0
    assert stamps(out, "parts") == parts
    assert {name: (out / name).read_bytes() for name in files} == files
    rates = tmp_path / "rates.toml"
    rates.write_text("[illness]\nrate_per_week = 7\n")
    assert buddyplan(*words, "--rates", rates) == 2
    assert "illness.rate_per_week" in capsys.readouterr().err


def test_where_one_more_helps_is_a_list_and_a_page(
    programme: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "hire"
    assert buddyplan("scenario", "hire", programme, "--out", out, "--workers", "1", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    # Four of six companies are served; one more buddy has room for the other two.
    assert (told["served"], told["whole"], told["places"][0]["gain"]) == (4, 6, 2)
    page = (out / "hire.html").read_text(encoding="utf-8")
    assert "+2" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert len(told["places"]) <= 5
    assert json.loads((out / "hire.json").read_text(encoding="utf-8"))["served"] == 4
