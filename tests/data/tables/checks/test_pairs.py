"""Checks of covers: one at a time, for some days, and never one who is banned."""

from pathlib import Path

import pytest

from data.model.findings import Severity
from tests.data.tables.sheets import BUDDY, Rows, english, only, read_csv

STAFF = [BUDDY, BUDDY | {"id": "ben"}, BUDDY | {"id": "carl"}]
COVER = {"company": "mill", "buddy": "ben", "role": "cover", "from": "2026-11-23", "to": "2026-11-27"}
BAN = {"buddy": "ben", "company": "mill"}


@pytest.mark.parametrize(
    ("changes", "column", "said"),
    [
        ({"relations": [COVER | {"from": "", "to": ""}]}, "role", "the cover makes all visits for good"),
        ({"relations": [COVER], "bans": [BAN]}, "buddy", "is banned from the company"),
        (
            {"relations": [COVER, COVER | {"buddy": "carl", "from": "2026-11-25"}]},
            "from",
            "is a second cover while that of relations.csv row 2 lasts",
        ),
    ],
)
def test_a_doubtful_cover_is_told(tmp_path: Path, changes: dict[str, Rows], column: str, said: str) -> None:
    finding = only(read_csv(tmp_path, buddies=STAFF, **changes))
    assert (finding.severity, finding.column) == (Severity.WARNING, column)
    assert said in english(finding.problem)


def test_covers_one_after_the_other_are_no_finding(tmp_path: Path) -> None:
    after = COVER | {"buddy": "carl", "from": "2026-11-28", "to": "2026-12-04"}
    assert read_csv(tmp_path, buddies=STAFF, relations=[COVER, after]).findings == ()
