"""Corrected cells: put in place of what was there, in the file and column that a finding names."""

import pytest

from data.base.errors import BuddyplanError
from data.tables.lists.corrected import CorrectedCell, with_corrections
from data.tables.lists.recognised import Raw

RAW = Raw(
    "Betriebe",
    "Betriebe.csv",
    [(1, ["Unsere Betriebe"]), (3, ["Name", "PLZ Ort", "Mitarbeiter"]), (4, ["Span", "0610x Halle"])],
)


def cell(column: str, was: str, value: str, row: int = 4, file: str = "Betriebe.csv") -> CorrectedCell:
    return CorrectedCell(file, row, column, was, value)


def test_a_cell_a_part_of_one_and_an_empty_one_are_read_otherwise() -> None:
    cells = (cell("name", "Span", "Spahn"), cell("PLZ Ort", "0610x", "06108"), cell("Mitarbeiter", "", "12"))
    (mended,) = with_corrections([RAW], cells)
    assert mended.rows and mended.rows[2] == (4, ["Spahn", "06108 Halle", "12"])
    assert RAW.rows and RAW.rows[2] == (4, ["Span", "0610x Halle"])


@pytest.mark.parametrize(
    "wrong",
    [
        cell("Name", "Hobel", "Spahn"),
        cell("Ort", "Halle", "Stendal"),
        cell("Name", "Span", "Spahn", row=5),
        cell("Name", "Span", "Spahn", file="Buddys.csv"),
    ],
)
def test_what_does_not_stand_there_is_refused(wrong: CorrectedCell) -> None:
    with pytest.raises(BuddyplanError, match="no_such_cell"):
        with_corrections([RAW], [wrong])
