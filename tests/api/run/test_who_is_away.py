"""Who is away says so: own reasons, colleagues who could take the visits, and how much is planned in time."""

import json
from pathlib import Path
from typing import Any

import pytest

from data.tables.read import Reading
from tests.api.conftest import Run
from tests.data.tables.sheets import Rows, read_csv, write_csv

LEAVES = {"id": "b0", "postcode": "06108", "languages": "ar:C1", "employed_to": "2026-11-25"}
STAYS = {"id": "b1", "postcode": "06108", "languages": "ar:C1"}
FIRMS = [
    {"id": key, "postcode": "06110", "town": "Halle", "visits_per_4_weeks": 4, "buddy": "b0"}
    for key in ("k0", "k1", "k2")
]


def planned(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str], **tables: Rows
) -> dict[str, Any]:
    folder = write_csv(tmp_path / "in", {"companies": FIRMS, **tables})
    words = ("--week", "2026-W48", "--weeks", "4", "--explain", "0", "--json")
    assert buddyplan("plan", folder, *words, "--out", tmp_path / "out") == 0
    told = json.loads(capsys.readouterr().out)
    assert buddyplan("check", tmp_path / "out") == 0
    capsys.readouterr()
    return told


def test_who_leaves_midway_says_so_and_a_colleague_is_offered(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    told = planned(tmp_path, buddyplan, capsys, buddies=[LEAVES, STAYS])
    left = told["not_planned"]
    assert {each["week"] for each in left} == {"2026-W49", "2026-W50", "2026-W51"}
    assert {(each["reason"]["code"], each["reason"]["found"]) for each in left} == {("left", "b0")}
    assert {taker["buddy"] for each in left for taker in each["takers"]} == {"b1"}
    assert all(each["takers"] for each in left)
    assert (told["coverage"]["percent"], told["contacts_in_time"]["percent"]) == (100, 0)
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "b0 arbeitet dann nicht mehr." in report and "Übernehmen könnte: b1." in report


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"buddies": [LEAVES | {"employed_from": "2026-12-14", "employed_to": ""}]}, "not_yet_employed"),
        (
            {
                "buddies": [LEAVES | {"employed_to": ""}],
                "availability": [{"who": "b0", "from": "2026-11-30", "to": "2026-12-11"}],
            },
            "absent",
        ),
        (
            {
                "buddies": [LEAVES | {"employed_to": "", "host": "guild"}],
                "hosts": [{"id": "guild", "name": "Guild", "grant_to": "2026-11-27"}],
            },
            "host_without_grant",
        ),
    ],
)
def test_each_reason_for_being_away_is_its_own(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str], tables: dict[str, Rows], code: str
) -> None:
    meeting = {"id": "meeting", "start": "2026-12-08 10:00", "company": "k0", "buddies": "b0"}
    told = planned(tmp_path, buddyplan, capsys, appointments=[meeting], **tables)
    (left,) = (each for each in told["not_planned"] if each["visit"] == "meeting")
    assert left["reason"]["code"] == code


def test_all_contacts_in_time_are_the_whole_coverage(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    told = planned(tmp_path, buddyplan, capsys, buddies=[LEAVES | {"employed_to": ""}])
    assert (told["coverage"]["percent"], told["contacts_in_time"]["percent"]) == (100, 100)


@pytest.mark.parametrize(("day", "found"), [("2026-11-25", 1), ("2026-12-18", 1), ("2027-06-30", 0), ("", 0)])
def test_who_leaves_soon_with_companies_is_a_finding(tmp_path: Path, day: str, found: int) -> None:
    reading: Reading = read_csv(tmp_path, buddies=[LEAVES | {"employed_to": day}, STAYS], companies=FIRMS)
    columns = [(each.file, each.row, each.column) for each in reading.findings]
    assert columns == [("buddies.csv", 2, "employed_to")] * found
