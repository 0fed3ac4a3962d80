"""Programmes in any German state: invented ones, and the template of a new one."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from api.export.run_folder.read import read_run
from api.run.cadence_figures import cadence_figures
from api.service.sources import shipped_sources
from data.base.dates import parse_week
from data.model.calendar import STATES, Calendar, public_holidays
from data.tables.files.policy_file import read_policy
from tests.api.conftest import Run
from tests.drawn import at_night

BY_DAY = ("HB", "SN", "BY")
"""Two cities that are no neighbours, another large state, one with counties called like their cities."""


@pytest.mark.parametrize("state", STATES if at_night() else BY_DAY)
def test_an_invented_programme_of_a_state_has_its_towns_districts_and_holidays(
    state: str, tmp_path: Path, buddyplan: Run
) -> None:
    out, small = tmp_path / "out", ("--buddies", "3", "--companies", "24", "--workers", "1")
    asked = ("demo", "--state", state, *small, "--explain", "0", "--no-open", "--out", out)
    assert buddyplan(*asked) == 0
    assert buddyplan("check", out) == 0
    run, sources = read_run(out), shipped_sources(state)
    assert run.sources.reference == sources.reference
    assert run.problem.programme.state == state
    keys = {district.ags for district in sources.gazetteer.districts()}
    assert {company.district for company in run.problem.companies} <= keys
    towns = {settlement.name for settlement in sources.gazetteer.settlements}
    assert {run.identities.of(company.id).town for company in run.problem.companies} <= towns
    calendar, monday = Calendar(run.problem), parse_week("2026-W48")
    year = [monday + timedelta(days=i) for i in range(366)]
    assert [day for day in year if calendar.is_holiday(day)] == [
        day for day in year if day in public_holidays(state, day.year)
    ]
    report = (out / "report.html").read_text(encoding="utf-8")
    assert [each for each in sources.attributions if each not in report] == []


@pytest.mark.parametrize("state", ["SN", "BE"])
def test_a_template_is_a_programme_of_its_state_that_can_be_planned(
    state: str, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = tmp_path / "our-office", tmp_path / "out"
    assert buddyplan("init", folder, "--state", state, "--week", "2026-W48", "--english") == 0
    assert str(folder) in capsys.readouterr().out
    policy = read_policy(folder / "policy.toml")
    assert (policy.programme_id, policy.state, policy.findings) == ("our-office", state, ())
    assert re.search(r"^# .*closed", (folder / "policy.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert (folder / "INVENTED.md").exists()
    assert (
        buddyplan("plan", folder, "--week", "2026-W48", "--out", out, "--explain", "0", "--workers", "1") == 0
    )
    assert buddyplan("check", out) == 0
    assert read_run(out).problem.programme.state == state


def test_a_template_replaces_nothing(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kept.txt").write_text("ours")
    assert buddyplan("init", tmp_path, "--state", "SN", "--english") == 2
    assert "holds something already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path, buddyplan: Run) -> None:
    assert buddyplan("init", tmp_path, "--state", "HB", "--week", "2026-W48") == 0
    assert (tmp_path / "buddies.csv").exists()


@pytest.mark.parametrize("state", ["st", "DDR", ""])
@pytest.mark.parametrize("command", ["demo", "init"])
def test_a_state_that_does_not_exist_is_refused(
    command: str, state: str, tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("init", tmp_path / "new") if command == "init" else ("demo", "--out", tmp_path / "new")
    assert buddyplan(*where, "--state", state) == 2
    assert "is no German state" in " ".join(capsys.readouterr().err.replace("│", "").split())
    assert not (tmp_path / "new").exists()


def test_care_moves_around_days_on_which_the_programme_is_closed(tmp_path: Path, buddyplan: Run) -> None:
    folder, out = tmp_path / "office", tmp_path / "out"
    assert buddyplan("init", folder, "--state", "SN", "--week", "2026-W51") == 0
    days = [parse_week("2026-W52") + timedelta(days=i) for i in range(12)]
    text = (folder / "policy.toml").read_text(encoding="utf-8")
    closed = f"closed_days = [{', '.join(map(str, days))}]"
    (folder / "policy.toml").write_text(text.replace("closed_days = []", closed), encoding="utf-8")
    weeks = ("--week", "2026-W51", "--weeks", "5", "--explain", "0", "--workers", "1")
    assert buddyplan("plan", folder, *weeks, "--out", out) == 0
    run = read_run(out)
    assert run.problem.policy.closed_days == tuple(days)
    visits = [
        (parse_week(week.week) + timedelta(days=i), stop.id)
        for plans in run.weeks
        for week in plans.weeks
        for i, day in enumerate(week.days)
        if day
        for stop in day.stops
    ]
    assert visits
    assert [visit for visit in visits if visit[0] in days] == []
    assert cadence_figures(run).forgotten == 0
