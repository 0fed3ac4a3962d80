"""Writing tables for the reader: stable bytes, only used columns, unknown ones refused."""

from pathlib import Path

import pytest

from data.tables.writer import write_tables, write_xlsx_tables
from tests.data.tables.sheets import read

TABLES = {
    "companies": [
        {"town": "Halle", "id": "a", "name": 'Bau, "Söhne"', "sector": ""},
        {"id": "b", "postcode": "06108"},
    ],
    "buddies": [{"id": "anna", "postcode": "06108"}],
    "care": [],
}


def test_columns_stand_in_the_order_of_the_list_and_unused_ones_are_left_out(tmp_path: Path) -> None:
    write_tables(tmp_path, TABLES)
    assert (tmp_path / "companies.csv").read_bytes().decode("utf-8") == (
        'id,name,postcode,town\na,"Bau, ""Söhne""",,Halle\nb,,06108,\n'
    )
    assert (tmp_path / "care.csv").read_text() == "company\n"


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_tables(tmp_path / name, TABLES)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "other" / file.name).read_bytes()


def test_a_workbook_keeps_codes_as_text(tmp_path: Path) -> None:
    write_xlsx_tables(tmp_path / "p.xlsx", TABLES)
    found = read(tmp_path / "p.xlsx")
    assert found.findings == ()
    assert found.identities.of("b").postcode == "06108"
    assert found.identities.name("a") == 'Bau, "Söhne"'


@pytest.mark.parametrize("tables", [{"firms": []}, {"care": [{"company": "a", "minuts": "5"}]}])
def test_what_the_reader_does_not_know_is_not_written(
    tmp_path: Path, tables: dict[str, list[dict[str, str]]]
) -> None:
    with pytest.raises(ValueError, match=r"firms|minuts"):
        write_tables(tmp_path / "out", tables)
    assert not (tmp_path / "out").exists()
