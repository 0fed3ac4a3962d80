"""`buddyplan replan` and `buddyplan slots` on the folder of a run."""

import json
from pathlib import Path

import pytest

from api.export.run_folder.read import read_run
from tests.api.conftest import Run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small invented programme, planned."""
    from api.planning.from_files import RunOptions, plan_and_write
    from api.planning.programme import read_demo
    from api.service.sources import default_sources

    out = tmp_path_factory.mktemp("runs") / "published"
    options = RunOptions(weeks=1, workers=1, explain=0)
    plan_and_write(lambda: read_demo(3, 45, 5, 1), options, default_sources(), out, "de", lambda *told: None)
    return out


def first_stop(folder: Path) -> tuple[str, str, str]:
    """The first stop that is no appointment: its visit, company and day."""
    from data.base.dates import days_of

    run = read_run(folder)
    return next(
        (stop.id, stop.place, day.isoformat())
        for own in run.weeks
        for plan in own.weeks
        for day, route in zip(days_of(plan.week), plan.days, strict=True)
        if route
        for stop in route.stops
        if stop.place in run.problem.company
    )


def test_a_run_is_planned_again_and_stays_whole(
    folder: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    visit, company, day = first_stop(folder)
    out, again = tmp_path / "again", tmp_path / "twice"
    early = ("--at", f"{day}T05:00")
    assert buddyplan("replan", folder, "--cancelled", visit, *early, "--out", out) == 0
    assert "promise" in capsys.readouterr().out
    assert visit not in (out / "weeks").joinpath("b01.json").read_text() or "b01" not in visit
    assert buddyplan("check", out) == 0
    assert buddyplan("replan", out, "--urgent", f"{company}:30:{day}", *early, "--out", again, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["kind"] for each in told["disruptions"]] == ["urgent"]
    assert buddyplan("check", again) == 0
    assert len(read_run(again).replannings) == 2


def test_an_urgent_visit_that_finds_no_place_is_told(
    folder: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten hours fit into no shift of anybody."""
    _, company, day = first_stop(folder)
    words = ("--urgent", f"{company}:600", "--at", f"{day}T00:00")
    assert buddyplan("replan", folder, *words, "--out", tmp_path / "out", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["company"] for each in told["unplaced"]] == [company]
    assert any("finds no place" in line for line in told["sentences"]["en"])
    assert buddyplan("check", tmp_path / "out") == 0
    capsys.readouterr()
    assert buddyplan("replan", folder, *words, "--out", tmp_path / "out", "--german") == 0
    assert "findet keinen Platz" in capsys.readouterr().out
    assert "findet keinen Platz" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_visit_whose_time_is_ahead_cannot_be_missed(
    folder: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    visit, _, day = first_stop(folder)
    assert (
        buddyplan("replan", folder, "--missed", visit, "--at", f"{day}T00:00", "--out", tmp_path / "o") == 2
    )
    assert "its time has not come" in capsys.readouterr().err.replace("\n", " ")
    assert not (tmp_path / "o").exists()


def test_a_visit_is_moved_to_another_time(
    folder: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    visit, company, day = first_stop(folder)
    words = ("--moved", f"{visit}:{day}:10:00-17:00", "--at", f"{day}T05:00", "--out", tmp_path / "out")
    assert buddyplan("replan", folder, *words, "--json") == 0
    (given,) = json.loads(capsys.readouterr().out)["disruptions"]
    moved = {"kind": "moved", "visit": visit, "company": company}
    assert given == moved | {"date": day, "from_min": 600, "to_min": 1020}
    assert buddyplan("check", tmp_path / "out") == 0


def test_promises_are_as_the_file_says(
    folder: Path, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    visit, _, day = first_stop(folder)
    states = tmp_path / "promises.csv"
    states.write_text(f"visit,state\n{visit},declined\n", encoding="utf-8")
    words = ("--late", "b01:10", "--at", f"{day}T05:00", "--promises", states, "--out", tmp_path / "out")
    assert buddyplan("replan", folder, *words) == 0
    promises = read_run(tmp_path / "out").replannings[0].promises
    assert {promise.state.value for promise in promises if promise.visit == visit} == {"declined"}
    assert {promise.state.value for promise in promises if promise.visit != visit} == {"confirmed"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "nothing has come between"),
        (("--late", "b01"), "--late"),
        (("--late", "b01:soon"), "is no number of minutes"),
        (("--away", "b01:2026-13-01"), "is no day"),
        (("--moved", "v1:2026-11-24:9-10"), "is not written like"),
        (("--moved", "v1:2026-11-24:10:00-09:00"), "ends before it begins"),
        (("--away", "b01:2026-11-26:2026-11-23"), "ends before it begins"),
        (("--urgent", "c0001:60:2026-11-27:more"), "4 parts"),
        (("--late", "b01:5", "--at", "tomorrow"), "is no moment"),
        (("--cancelled", "nix", "--at", "2026-11-23T05:00"), "nix"),
    ],
)
def test_wrong_options_are_told_and_nothing_is_written(
    folder: Path, tmp_path: Path, words: tuple[str, ...], told: str, buddyplan: Run,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert buddyplan("replan", folder, *words, "--out", tmp_path / "out") == 2
    assert told in capsys.readouterr().err.replace("\n", " ")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "told"), [("visit\nx\n", "needs visit,state"), ("visit,state\nx,maybe\n", "row 2, state")]
)
def test_a_broken_promise_file_is_told(
    folder: Path, tmp_path: Path, text: str, told: str, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "promises.csv"
    file.write_text(text, encoding="utf-8")
    assert buddyplan("replan", folder, "--late", "b01:5", "--promises", file) == 2
    assert told in capsys.readouterr().err.replace("\n", " ")


def test_slots_are_told_by_day(folder: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run, (_, _, day) = read_run(folder), first_stop(folder)
    seen = {stop.place for own in run.weeks for plan in own.weeks for d in plan.days if d for stop in d.stops}
    company = next(pair.company for pair in run.matching.pairs if pair.company not in seen)
    words = ("--company", company, "--minutes", "1", "--at", f"{day}T05:00")
    assert buddyplan("slots", folder, *words) == 0
    assert "start " in capsys.readouterr().out
    assert buddyplan("slots", folder, *words, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert all(slot["from_min"] <= slot["to_min"] for slot in told["slots"])
    assert len(told["sentences"]["de"]) == len(told["slots"]) > 0


def test_slots_of_a_visit_that_is_to_be_moved(
    folder: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """The current time of the visit is a slot too, at no price or at a saving."""
    visit, company, day = first_stop(folder)
    words = ("--company", company, "--visit", visit, "--at", f"{day}T05:00")
    assert buddyplan("slots", folder, *words, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert min(slot["added_travel_min"] for slot in told["slots"] if slot["day"] == day) <= 0
    assert buddyplan("slots", folder, *words[:2], "--visit", "nix", "--at", f"{day}T05:00") == 2
    assert 'no open visit "nix"' in capsys.readouterr().err.replace("\n", " ")


def test_several_buddies_get_common_slots(
    folder: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    _, company, day = first_stop(folder)
    both = ("--buddy", "b01", "--buddy", "b02")
    assert buddyplan("slots", folder, "--place", company, *both, "--at", f"{day}T05:00", "--json") == 0
    assert json.loads(capsys.readouterr().out)["buddies"] == ["b01", "b02"]


def test_what_does_not_fit_tells_its_price(
    folder: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    _, company, day = first_stop(folder)
    words = ("--company", company, "--minutes", "500", "--at", f"{day}T05:00", "--german")
    assert buddyplan("slots", folder, *words) == 0
    assert "Kein Beginn" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--company", "nix"), "no company or place"),
        (("--place", "nix", "--buddy", "b01"), "no company or place"),
        (("--company", "c0001", "--week", "2026-W99"), "--week"),
        (("--company", "c0001", "--buddy", "b01", "--at", "2031-01-01"), "is over"),
    ],
)
def test_wrong_questions_are_told(
    folder: Path, words: tuple[str, ...], told: str, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert buddyplan("slots", folder, *words) == 2
    assert told in capsys.readouterr().err.replace("\n", " ")
