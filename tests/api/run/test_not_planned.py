"""What is not planned is told everywhere: by command, JSON, report, workbook and paper."""

import json
from pathlib import Path

import pytest
from python_calamine import load_workbook

from api.export.pdf.week import _week
from api.export.run_folder.read import read_run
from api.run.names import Names
from tests.api.conftest import Run
from tests.data.tables.sheets import Rows, write_csv

WEEK = "2026-W48"
GERO = {"id": "gero", "postcode": "06108", "languages": "ar:C1"}
IHK = {"id": "ihk", "name": "IHK", "address": "06110 Halle"}
TRAINING = {"id": "long", "start": "2026-11-27 08:00", "minutes": "600", "place": "ihk", "buddies": "gero"}
MILL = {"id": "mill", "name": "Mühle Korn", "postcode": "06110", "town": "Halle"}
BAKER = {"id": "baker", "postcode": "06110", "town": "Halle", "buddy": "gero"}
REQUEST = {"id": "r", "company": "mill", "kind": "first_visit", "due": "2026-11-24"}
MEETING = {"id": "ap2", "start": "2026-11-25 10:00", "company": "mill"}


class Planned:
    """A programme, planned by the command: what it said, and its folder."""

    def __init__(self, folder: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str], **tables: Rows):
        self.out = folder / "out"
        rows = write_csv(folder / "in", {"buddies": [GERO], **tables})
        self.exit = buddyplan("plan", rows, "--week", WEEK, "--out", self.out, "--explain", "0", "--json")
        said = capsys.readouterr()
        self.told, self.findings = json.loads(said.out), said.err

    def left_in_workbook(self) -> list[list[object]]:
        """The rows of the sheet of what is not planned."""
        return load_workbook(str(self.out / "plan.xlsx")).get_sheet_by_name("Not planned").to_python()[1:]

    def report(self) -> str:
        return (self.out / "report.html").read_text(encoding="utf-8")


def test_an_appointment_of_no_company_that_cannot_be_planned_is_told(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = {"companies": [BAKER], "places": [IHK], "appointments": [TRAINING | {"kind": "training"}]}
    done = Planned(tmp_path, buddyplan, capsys, **tables)
    assert done.exit == 0
    (left,) = done.told["not_planned"]
    assert (left["visit"], left["company"], left["place"], left["kind"]) == ("long", "", "ihk", "training")
    assert left["priority"] is None and left["reason"]["code"] == "out_of_reach"
    ((what, who, _, _, priority, buddy, *_),) = done.left_in_workbook()
    assert (what, who, priority, buddy) == ("without a time", "IHK (training)", "", "gero")
    assert '<th scope="row">IHK (training)</th>' in done.report()
    run = read_run(done.out)
    (paper,) = _week(run, Names(run), run.weeks[0].weeks[0], "en")["left_out"]
    assert paper.startswith("IHK: On no open day")
    assert buddyplan("check", done.out) == 0


def test_needs_of_a_company_that_nobody_looks_after_are_found_at_their_rows(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    named = MEETING | {"id": "ap", "buddies": "gero"}
    done = Planned(
        tmp_path, buddyplan, capsys,
        companies=[MILL | {"state": "prospect"}, BAKER], requests=[REQUEST], appointments=[MEETING, named],
    )  # fmt: skip
    assert done.exit == 0
    for table in ("requests", "appointments"):
        assert f"{table}.csv row 2, column company" in done.findings
    assert "row 3" not in done.findings  # it names a buddy
    left = {each["visit"]: each for each in done.told["not_planned"]}
    assert {key: each["reason"]["code"] for key, each in left.items()} == {
        "r": "not_active",
        "ap2": "not_active",
    }
    assert done.told["appointments"] == 1


@pytest.mark.parametrize("state", ["done", "withdrawn"])
def test_what_is_no_longer_wanted_is_not_missed(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str], state: str
) -> None:
    done = Planned(
        tmp_path, buddyplan, capsys,
        companies=[MILL | {"state": "ended"}, BAKER], requests=[REQUEST | {"state": state}],
    )  # fmt: skip
    assert done.told["not_planned"] == [] and "requests" not in done.findings


def test_needs_of_a_company_that_got_no_buddy_are_told_with_their_reason(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    later = REQUEST | {"id": "later", "due": "2026-12-24"}
    done = Planned(
        tmp_path, buddyplan, capsys,
        companies=[MILL, BAKER], requests=[REQUEST, later], appointments=[MEETING],
        bans=[{"buddy": "gero", "company": "mill"}],
    )  # fmt: skip
    assert [(each["visit"], each["reason"]["code"]) for each in done.told["not_planned"]] == [
        ("ap2", "no_buddy"), ("r", "no_buddy"),
    ]  # fmt: skip
    assert [row[1:2] + row[7:8] for row in done.left_in_workbook()][1:] == [
        ["Mühle Korn", "The company has no buddy."]
    ] * 2
    assert "The company has no buddy." in done.report()


def test_a_call_for_which_there_is_no_day_is_told(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """No route leaves a call out. The company is closed in all weeks."""
    tables: dict[str, Rows] = {
        "companies": [BAKER],
        "care": [{"company": "baker", "mode": "call", "every_weeks": "1", "minutes": "20"}],
        "history": [{"company": "baker", "date": "2026-11-17", "mode": "call", "buddy": "gero"}],
        "availability": [{"who": "baker", "from": "2026-11-23", "to": "2026-12-20"}],
    }
    done = Planned(tmp_path, buddyplan, capsys, **tables)
    (left,) = done.told["not_planned"]
    assert (left["company"], left["kind"], left["buddy"]) == ("baker", "call", "gero")
    assert left["reason"]["code"] == "no_day_open"
    assert [row[i] for row in done.left_in_workbook() for i in (9, 5)] == ["baker", "gero"]
    assert "call" in done.report()
