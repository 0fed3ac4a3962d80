"""Checks of what holds for a time only."""

from pathlib import Path

import pytest

from api.words.findings import finding_sentence
from data.model.findings import Severity
from tests.data.tables.sheets import only, read_csv, told

FROM_MARCH = {"buddy": "anna", "from": "2027-03-01", "hours_per_week": "20"}


def test_terms_without_a_clash_are_fine(tmp_path: Path) -> None:
    until = {"buddy": "anna", "to": "2027-03-10", "max_companies": "8"}
    before = {"buddy": "anna", "to": "2027-02-28", "hours_per_week": "30"}
    assert read_csv(tmp_path, terms=[FROM_MARCH, until, before]).findings == ()


def test_two_terms_that_say_the_same_for_one_day_are_told(tmp_path: Path) -> None:
    again = {"buddy": "anna", "from": "2027-03-15", "to": "2027-03-31", "hours_per_week": "10"}
    found = read_csv(tmp_path, terms=[FROM_MARCH, again])
    assert told(found) == [(Severity.WARNING, "terms.csv", 3, "hours_per_week")]
    assert "the one that begins later counts" in finding_sentence(only(found), "en")


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ({"buddy": "anna", "from": "2027-03-01"}, "buddy", "says nothing"),
        (FROM_MARCH | {"to": "2027-02-01"}, "to", "is before from"),
        (FROM_MARCH | {"buddy": "ana"}, "buddy", 'did you mean "anna"?'),
        (FROM_MARCH | {"mon": "08:00-12:00 13:00-16:00"}, "mon", "has several spans"),
    ],
)
def test_wrong_terms_are_told(row: dict[str, str], column: str, said: str, tmp_path: Path) -> None:
    finding = only(read_csv(tmp_path, terms=[row]))
    assert finding.column == column and said in finding_sentence(finding, "en")
