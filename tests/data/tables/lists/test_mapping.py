"""Headers that nobody knows are mapped by hand, and the mapping is remembered by the set of headers."""

from pathlib import Path

import pytest

from api.service.sources import default_sources
from data.tables.files.sheet import NOT_READ
from data.tables.lists.mapping import key_of, remembered
from data.tables.read import read_programme
from data.tables.reader import find_source
from tests.data.tables.lists.lists import BUDDYS, Grid, book_of, csv_of, problem_in
from tests.data.tables.sheets import WEEK

HEADER = ["Betriebsnr.", "Postleitgebiet", "Ortslage", "Vermerk"]
LIST: Grid = [HEADER, ["mill", "06110", "Halle (Saale)", "ruft an"], ["yard", "39104", "Magdeburg", ""]]
SAID = {"Postleitgebiet": "postcode", "Ortslage": "town", "Vermerk": NOT_READ}


def lists(folder: Path, rows: Grid = LIST) -> Path:
    csv_of(folder / "Buddys.csv", BUDDYS)
    csv_of(folder / "Betriebe.csv", rows)
    return folder


def test_unknown_headers_come_with_the_three_nearest_columns(tmp_path: Path) -> None:
    (found,) = find_source(lists(tmp_path)).unknown
    assert (found.label, found.table) == ("Betriebe.csv", "companies")
    assert [(each.header, each.filled) for each in found.headers] == [
        ("Postleitgebiet", 2),
        ("Ortslage", 2),
        ("Vermerk", 1),
    ]
    assert {len(each.nearest) for each in found.headers} == {3}
    assert found.headers[0].nearest[0] == "postcode" and "town" in found.headers[1].nearest
    assert "id" not in found.headers[0].nearest  # the list has it already


def test_a_list_that_is_known_has_none(tmp_path: Path) -> None:
    assert find_source(lists(tmp_path, [["Nr.", "PLZ"], ["mill", "06110"]])).unknown == ()


def test_what_is_said_by_hand_is_read_without_a_finding(tmp_path: Path) -> None:
    by_hand = {("Betriebe.csv", header): column for header, column in SAID.items()}
    found = read_programme(lists(tmp_path), default_sources().gazetteer, WEEK, by_hand=by_hand)
    assert [company.id for company in problem_in(found).companies] == ["mill", "yard"]
    assert found.findings == ()


def test_it_is_not_read_without(tmp_path: Path) -> None:
    assert read_programme(lists(tmp_path), default_sources().gazetteer, WEEK).problem is None


def test_by_hand_goes_before_what_is_known(tmp_path: Path) -> None:
    rows: Grid = [["Nr.", "PLZ", "Firma", "Name"], ["mill", "06110", "Mühle", "Ute Korn"]]
    by_hand = {("Betriebe.csv", "Name"): "contact_name"}
    found = read_programme(lists(tmp_path, rows), default_sources().gazetteer, WEEK, by_hand=by_hand)
    mill = next(person for person in found.identities.people if person.id == "mill")
    assert (mill.name, mill.contact_name, found.findings) == ("Mühle", "Ute Korn", ())


def test_a_header_that_means_what_another_does_is_to_be_mapped(tmp_path: Path) -> None:
    rows: Grid = [["Nr.", "PLZ", "Firma", "Name"], ["mill", "06110", "Mühle", "Ute Korn"]]
    (found,) = find_source(lists(tmp_path, rows)).unknown
    assert [each.header for each in found.headers] == ["Name"]


def test_the_same_set_of_headers_has_the_same_key_in_every_file(tmp_path: Path) -> None:
    shuffled = [[row[i] for i in (3, 0, 2, 1)] for row in LIST]
    shouted = [[str(cell).upper() for cell in HEADER], *LIST[1:]]
    keys = {
        find_source(lists(tmp_path / str(i), rows)).unknown[0].key
        for i, rows in enumerate((LIST, shuffled, shouted))
    }
    book = book_of(tmp_path / "März.xlsx", {"Betriebe": LIST, "Buddys": BUDDYS})
    assert keys == {find_source(book).unknown[0].key} == {key_of("companies", HEADER)}


@pytest.mark.parametrize("header", [HEADER[:3], [*HEADER, "Noch etwas"]])
def test_another_set_of_headers_has_another_key(header: list[str]) -> None:
    assert key_of("companies", header) != key_of("companies", HEADER)
    assert key_of("buddies", HEADER) != key_of("companies", HEADER)


def test_what_was_said_once_is_remembered_for_the_next_file(tmp_path: Path) -> None:
    memory = {key_of("companies", HEADER): SAID}
    book = book_of(tmp_path / "April.xlsx", {"Betriebe": LIST, "Buddys": BUDDYS})
    by_hand = remembered(find_source(book).unknown, memory)
    assert by_hand[("April.xlsx [Betriebe]", "Ortslage")] == "town"
    found = read_programme(book, default_sources().gazetteer, WEEK, by_hand=by_hand)
    assert problem_in(found) and found.findings == ()
    assert find_source(book, by_hand).unknown == ()


def test_a_sheet_that_is_no_table_may_be_mapped_to_the_one_that_lacks(tmp_path: Path) -> None:
    rows: Grid = [["Objekt", "Postleitgebiet", "Ortslage"], ["Mühle", "06110", "Halle"]]
    book = book_of(tmp_path / "x.xlsx", {"Buddys": BUDDYS, "Objekte": rows})
    (found,) = find_source(book).unknown
    assert (found.label, found.table) == ("x.xlsx [Objekte]", "companies")
    said = {"Objekt": "name", "Postleitgebiet": "postcode", "Ortslage": "town"}
    by_hand = remembered([found], {found.key: said})
    read = read_programme(book, default_sources().gazetteer, WEEK, by_hand=by_hand)
    assert [company.id for company in problem_in(read).companies] == ["muehle"]


def test_what_is_said_of_one_table_s_list_does_not_disturb_the_others(tmp_path: Path) -> None:
    rows: Grid = [["Objekt", "PLZ", "Ort", "Leute"], ["Mühle", "06110", "Halle", "12"]]
    book = book_of(tmp_path / "x.xlsx", {"Buddys": BUDDYS, "Objekte": rows})
    by_hand = {("x.xlsx [Objekte]", "Objekt"): "name", ("x.xlsx [Objekte]", "Leute"): "employees"}
    read = read_programme(book, default_sources().gazetteer, WEEK, by_hand=by_hand)
    assert [company.employees for company in problem_in(read).companies] == [12]


def test_a_column_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="companies has no column colour"):
        find_source(lists(tmp_path), {("Betriebe.csv", "Vermerk"): "colour"})
