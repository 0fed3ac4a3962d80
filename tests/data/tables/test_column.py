"""A column takes type, limits and default from the entity's field; its meaning is said in every language."""

from datetime import date
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from api.words.catalogue import languages
from api.words.findings import finding_sentence
from api.words.sentence import sentence
from data.base.entity import Entity
from data.base.ids import BuddyId
from data.model.findings import Finding
from data.model.vocabulary import Vehicle
from data.tables.cells import CellError, hours
from data.tables.column import column_of
from data.tables.columns import COLUMNS
from data.tables.files.csv_file import read_sheet
from data.tables.files.sheet import exactly
from data.tables.rows import read_rows


class Van(Entity):
    """An entity with a field of each type."""

    plate: str
    seats: Annotated[int, Field(ge=2, le=9)] = 5
    age: Annotated[int, Field(ge=0)] | None = None
    fuel: Vehicle = Vehicle.CAR
    heated: bool = True
    bought: date | None = None
    driver: BuddyId = ""
    riders: tuple[BuddyId, ...] = ()
    idle_min: Annotated[int, Field(ge=0)] = 90


@pytest.mark.parametrize(
    ("field", "cell", "value", "empty"),
    [
        ("plate", "MD-X 1", "MD-X 1", ""),
        ("seats", "7", 7, 5),
        ("age", "3", 3, None),
        ("fuel", "Bike", Vehicle.BIKE, Vehicle.CAR),
        ("heated", "nein", False, True),
        ("bought", "23.11.2026", date(2026, 11, 23), None),
        ("driver", "b001", "b001", ""),
        ("riders", "b001 b002", ("b001", "b002"), ()),
    ],
)
def test_a_cell_is_read_as_the_field_says(field: str, cell: str, value: object, empty: object) -> None:
    column = column_of(Van, field, most=20 if field == "age" else None)
    assert (column.kind.read(cell), column.fallback()) == (value, empty)
    assert column.needed == (field == "plate")


@pytest.mark.parametrize(("field", "cell"), [("seats", "1"), ("seats", "10"), ("age", "-1"), ("age", "21")])
def test_the_field_s_limits_are_those_of_its_cells(field: str, cell: str) -> None:
    with pytest.raises(CellError):
        column_of(Van, field, most=20 if field == "age" else None).kind.read(cell)


def test_a_default_is_written_in_the_notation_of_its_column() -> None:
    column = column_of(Van, "idle_min", hours(10), column="idle_hours")
    assert (column.name, column.default, column.fallback()) == ("idle_hours", "1.5", 90)


def test_an_id_refers_to_the_tables_of_its_type() -> None:
    assert column_of(Van, "driver").refers == column_of(Van, "riders").refers == ("buddies",)


@pytest.mark.parametrize("table", COLUMNS)
def test_a_missing_column_is_explained_in_one_language(table: str, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("colour\nred\n", encoding="utf-8")
    findings: list[Finding] = []
    sheet = read_sheet(tmp_path / "table.csv", exactly([column.name for column in COLUMNS[table]]), findings)
    assert sheet and read_rows(sheet, COLUMNS[table], findings) is None
    needed = next(column for column in COLUMNS[table] if column.needed)
    for language in languages():
        said = [finding_sentence(each, language) for each in findings if each.column == needed.name]
        assert any(sentence(needed.meaning, language) in each for each in said)
    assert sentence(needed.meaning, "de") != sentence(needed.meaning, "en")
