"""A folder, file or id that is something else: the command says what it is, and what would be right."""

from pathlib import Path

import pytest

from api.planning.offering import Wanted, offer
from data.base.dates import aware, days_of
from data.base.errors import BuddyplanError
from tests.api.conftest import Run
from tests.api.runs import run
from tests.builders import WEEK
from tests.data.tables.sheets import two_sheets, write_csv


@pytest.fixture
def computed(tmp_path: Path, buddyplan: Run) -> Path:
    folder = write_csv(tmp_path / "in", two_sheets())
    assert buddyplan("match", folder, "--out", tmp_path / "out", "--week", WEEK) == 0
    return tmp_path / "out"


def test_a_run_is_no_folder_of_tables_and_a_file_no_run(
    computed: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert buddyplan("check-data", computed, "--english") == 2
    said = capsys.readouterr().err
    assert "is a computed run, not a folder of tables" in said and "error: 1, warning: 0" in said
    assert buddyplan("check", computed / "report.html", "--english") == 2
    assert "is a file, not the folder of a run" in capsys.readouterr().err


def test_a_funding_report_without_hosts_says_so(
    computed: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    days = ("--from", "2026-01-01", "--to", "2026-12-31")
    assert buddyplan("report", "funding", computed, "--host", "x", *days, "--english") == 2
    assert "the programme has no hosts" in capsys.readouterr().err


def test_slots_of_an_unknown_buddy_name_those_there_are() -> None:
    moment = aware(days_of(WEEK)[0], 0)
    with pytest.raises(BuddyplanError) as refused:
        offer(run(), Wanted("bakery", ("nobody",)), moment, ())
    assert refused.value.said.code == "buddy_not_in_run"
