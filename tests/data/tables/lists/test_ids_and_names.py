"""Rows without an id get one of their name, and names stand where ids do: told each time, never guessed."""

from pathlib import Path

import pytest

from api.words.findings import finding_sentence
from data.model.findings import Severity
from data.tables.lists.ids import slug
from data.tables.read import Reading
from tests.data.tables.lists.lists import BETRIEBE, BUDDYS, Grid, csv_of, noted, problem_in, read_lists
from tests.data.tables.sheets import read


def companies(*rows: list[str]) -> Grid:
    return [["Firma", "PLZ", "Ort"], *rows]


def company_ids(reading: Reading) -> list[str]:
    return [company.id for company in problem_in(reading).companies]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Bäckerei Müller", "baeckerei-mueller"),
        ("Süd & Söhne GmbH", "sued-soehne-gmbh"),
        ("Straßenbau (Nord)", "strassenbau-nord"),
        ("  Café André  ", "café-andré"),
        ("X" * 100, "x" * 60),
        ("!!!", ""),
    ],
)
def test_an_id_is_the_name_in_plain_letters(name: str, key: str) -> None:
    assert slug(name) == key


def test_a_company_without_an_id_gets_one_of_its_name_and_it_is_told(tmp_path: Path) -> None:
    found = read_lists(tmp_path, Betriebe=companies(["Bäckerei Müller", "06108", "Halle"]))
    assert company_ids(found) == ["baeckerei-mueller"]
    assert noted(found) == [("Betriebe.csv", 2, "id", "")]
    assert 'read as "baeckerei-mueller"' in finding_sentence(found.findings[0], "en")


def test_two_of_one_name_are_told_apart_by_their_towns_in_any_order(tmp_path: Path) -> None:
    rows = [["Krause", "06108", "Halle"], ["Krause", "39104", "Magdeburg"]]
    there, back = (
        read_lists(tmp_path / name, Betriebe=companies(*order))
        for name, order in (("there", rows), ("back", rows[::-1]))
    )
    assert company_ids(there) == company_ids(back) == ["krause-halle", "krause-magdeburg"]


def test_two_of_one_name_and_town_are_counted(tmp_path: Path) -> None:
    rows = companies(["Krause", "06108", "Halle"], ["Krause", "06110", "Halle"])
    assert company_ids(read_lists(tmp_path, Betriebe=rows)) == ["krause-halle", "krause-halle-2"]


def test_an_id_that_a_row_has_is_never_given_to_another(tmp_path: Path) -> None:
    named = [["", "Anna"], ["MILL", "x"], ["", "Mill"]]
    rows = [["Nr.", "Firma", "PLZ", "Ort"], *([*row, "06108", "Halle"] for row in named)]
    found = read_lists(tmp_path, Betriebe=rows)
    assert company_ids(found) == ["MILL", "anna-2", "mill-2"]  # a buddy is called anna


def test_the_id_of_a_buddy_does_not_hold_the_name(tmp_path: Path) -> None:
    rows = [["Name", "PLZ", "Ort"], *([name, "06108", "Halle"] for name in ("Jörg Müller", "Jobst Muth"))]
    found = read_lists(tmp_path, Buddys=rows)
    assert [buddy.id for buddy in problem_in(found).buddies] == ["jomu", "jomu-2"]


@pytest.mark.parametrize("name", ["Müller, Jörg", "Jörg Müller", "Jörg  Friedrich Müller"])
def test_it_is_the_same_however_the_name_is_ordered(tmp_path: Path, name: str) -> None:
    found = read_lists(tmp_path, Buddys=[["Name", "PLZ", "Ort"], [name, "06108", "Halle"]])
    assert [buddy.id for buddy in problem_in(found).buddies] == ["jomu"]


def test_a_row_with_neither_id_nor_name_is_an_error(tmp_path: Path) -> None:
    found = read_lists(tmp_path, Betriebe=companies(["Mühle", "06108", "Halle"], ["", "06108", "Halle"]))
    assert [(f.row, f.column) for f in found.findings if f.severity is Severity.ERROR] == [(3, "id")]


def test_a_list_with_neither_ids_nor_names_is_an_error_once(tmp_path: Path) -> None:
    found = read_lists(tmp_path, Betriebe=[["PLZ", "Ort"], ["06108", "Halle"]])
    assert [(f.row, f.column) for f in found.findings if f.severity is Severity.ERROR] == [(1, "id")]


@pytest.mark.parametrize(
    "name",
    [
        "J. Müller",
        "Müller, J.",
        "Jörg Müller",
        "Müller, Jörg",
        "jörg müller",
        "Joerg Mueller",
        "Herr Müller",
        "Müller",
        "Hr. Jörg Müller",
    ],
)
def test_a_buddy_may_be_named_where_the_id_stands(tmp_path: Path, name: str) -> None:
    found = read_lists(tmp_path, Betriebe=[[*BETRIEBE[0], "betreut von"], [*BETRIEBE[1], name]])
    assert [relation.buddy for relation in problem_in(found).relations] == ["jm"]
    assert noted(found) == [("Betriebe.csv", 2, "betreut von", name)]


def test_an_id_goes_before_a_name(tmp_path: Path) -> None:
    buddys = [*BUDDYS[:2], ["berg", "Jörg Müller", "39104", "Magdeburg", "Deutsch C2"]]
    rows = [[*BETRIEBE[0], "Buddy"], [*BETRIEBE[1], "berg"]]
    found = read_lists(tmp_path, Buddys=buddys, Betriebe=rows)
    assert problem_in(found).relations[0].buddy == "berg" and found.findings == ()


def test_a_name_that_two_buddies_have_is_an_error_that_names_both(tmp_path: Path) -> None:
    buddys = [*BUDDYS, ["um", "Ute Müller", "39104", "Magdeburg", ""]]
    found = read_lists(tmp_path, Buddys=buddys, Betriebe=[[*BETRIEBE[0], "Buddy"], [*BETRIEBE[1], "Müller"]])
    (error,) = found.findings
    assert (error.severity, error.row, error.value) == (Severity.ERROR, 2, "Müller")
    assert "jm, um" in finding_sentence(error, "en")


def test_a_name_that_nobody_has_is_an_error(tmp_path: Path) -> None:
    found = read_lists(tmp_path, Betriebe=[[*BETRIEBE[0], "Buddy"], [*BETRIEBE[1], "Max Mustermann"]])
    (error,) = found.findings
    assert (error.severity, error.row, error.value) == (Severity.ERROR, 2, "Max Mustermann")


def test_a_name_in_place_of_an_id_is_never_lost_without_a_word(tmp_path: Path) -> None:
    """Not even where the table that it would be in is not there at all."""
    dates = [["Termin-Nr.", "Beginn", "Wo", "Buddys"], ["t1", "24.11.2026 10:00", "Amt Nord", "anna"]]
    found = read_lists(tmp_path, Termine=dates)
    errors = [(f.column, f.value) for f in found.findings if f.severity is Severity.ERROR]
    assert ("Wo", "Amt Nord") in errors


def test_companies_and_places_may_be_named_too(tmp_path: Path) -> None:
    places = [["Name", "Adresse"], ["Ausländerbehörde", "Markt 1, 06108 Halle (Saale)"]]
    dates = [
        ["Termin-Nr.", "Beginn", "Wo", "Betrieb", "Buddys"],
        ["t1", "24.11.2026 10:00", "Ausländerbehörde", "Mühle", "Anna Berg, Jörg Müller"],
    ]
    found = problem_in(read_lists(tmp_path, Anlaufstellen=places, Termine=dates))
    (appointment,) = found.appointments
    assert (appointment.place, appointment.company) == ("auslaenderbehoerde", "mill")
    assert appointment.buddies == ("anna", "jm")


def test_whoever_is_away_may_be_named(tmp_path: Path) -> None:
    rows = [["Wer", "von"], ["Anna Berg", "01.12.2026"], ["Werft", "02.12.2026"]]
    found = problem_in(read_lists(tmp_path, Urlaub=rows))
    assert [rule.who for rule in found.availability] == ["anna", "yard"]


def test_a_host_that_is_not_listed_gets_an_id_of_its_name(tmp_path: Path) -> None:
    found = read_lists(tmp_path, Buddys=[[*BUDDYS[0], "Träger"], [*BUDDYS[1], "IHK Halle-Dessau"]])
    assert problem_in(found).buddy["anna"].host == "ihk-halle-dessau"
    assert noted(found) == [("Buddys.csv", 2, "Träger", "IHK Halle-Dessau")]


def test_a_host_that_is_listed_may_be_named(tmp_path: Path) -> None:
    hosts = [["Trägerkürzel", "Trägername"], ["ihk", "IHK Halle-Dessau"]]
    rows = [[*BUDDYS[0], "Träger"], [*BUDDYS[1], "IHK Halle-Dessau"]]
    assert problem_in(read_lists(tmp_path, Träger=hosts, Buddys=rows)).buddy["anna"].host == "ihk"


def test_an_error_of_a_spreadsheet_is_no_name(tmp_path: Path) -> None:
    found = read_lists(tmp_path, Betriebe=[[*BETRIEBE[0], "Buddy"], [*BETRIEBE[1], "#NV"]])
    assert [(f.severity, f.problem.code) for f in found.findings] == [(Severity.ERROR, "error_for_value")]


def test_the_ids_are_the_same_at_every_reading(tmp_path: Path) -> None:
    csv_of(tmp_path / "Buddys.csv", BUDDYS)
    csv_of(tmp_path / "Betriebe.csv", companies(["Mühle", "06108", "Halle"], ["Werft", "39104", "Magdeburg"]))
    assert problem_in(read(tmp_path)) == problem_in(read(tmp_path))
