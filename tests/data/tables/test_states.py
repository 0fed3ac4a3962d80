"""The state of a programme: what is refused, and what is told of places in another one."""

from pathlib import Path

import pytest

from api.planning.programme import read_folder
from api.service.sources import sources_in
from data.model.findings import Severity
from data.tables.read import Reading
from tests.data.tables.sheets import english, two_sheets, write_csv

DRESDEN = {"id": "dresden", "postcode": "01067", "town": "Dresden"}
RIESA = {"id": "riesa", "postcode": "01587", "town": "Riesa"}
HALLE = {"id": "halle", "postcode": "06108", "town": "Halle (Saale)"}
MAGDEBURG = {"id": "magdeburg", "postcode": "39104", "town": "Magdeburg"}


def read_in(folder: Path, state: str | None, *companies: dict[str, str]) -> Reading:
    write_csv(folder, two_sheets(companies=companies))
    if state is not None:
        (folder / "policy.toml").write_text(f'[programme]\nid = "x"\nstate = "{state}"\n')
    return read_folder(folder, "2026-W48", 1, sources_in(folder))


def said(reading: Reading) -> list[tuple[str, str, str]]:
    return [(f.severity, f.column, f"{english(f.problem)}; {english(f.remedy)}") for f in reading.findings]


@pytest.mark.parametrize("state", ["st", "DDR", "XX", "Sachsen", "Sachsen-Anhalt", "sn "])
def test_a_state_that_does_not_exist_is_an_error_at_its_line(tmp_path: Path, state: str) -> None:
    reading = read_in(tmp_path, state, HALLE)
    assert reading.problem is None
    (finding,) = reading.findings
    where = (finding.severity, finding.file, finding.row, finding.column)
    assert where == (Severity.ERROR, "policy.toml", 3, "programme.state")
    assert "SN" in english(finding.remedy)


def test_an_office_elsewhere_that_names_no_state_is_asked_for_it_in_one_sentence(tmp_path: Path) -> None:
    reading = read_in(tmp_path, None, DRESDEN, RIESA, HALLE)
    assert reading.problem is None
    (asked,) = (found for found in said(reading) if found[0] == Severity.ERROR)
    assert asked[1] == "programme.state"
    assert "2 of 3 companies lie in Saxony, the programme in Saxony-Anhalt" in asked[2]
    assert 'write state = "SN" under [programme]' in asked[2]


def test_with_its_state_it_is_read_without_a_word(tmp_path: Path) -> None:
    reading = read_in(tmp_path, "SN", DRESDEN, RIESA)
    assert reading.problem is not None
    assert [company.district for company in reading.problem.companies] == ["14612", "14627"]
    assert all("Halle" not in text and column in ("postcode", "town") for _, column, text in said(reading))


def test_a_town_of_another_state_is_placed_there_and_told(tmp_path: Path) -> None:
    reading = read_in(tmp_path, "ST", HALLE, MAGDEBURG, DRESDEN, RIESA)
    assert reading.problem is not None
    company = reading.problem.company["dresden"]
    assert (round(company.point.lat, 1), round(company.point.lon, 1), company.district) == (51.1, 13.7, "")
    told = said(reading)
    assert all(severity == Severity.WARNING for severity, _, _ in told)
    assert any(column == "town" and text.startswith("lies in Saxony") for _, column, text in told)
    assert any(text.startswith("2 of 4 companies lie in Saxony") for _, _, text in told)


def test_a_town_that_several_states_have_is_not_guessed(tmp_path: Path) -> None:
    reading = read_in(tmp_path, "ST", HALLE, {"id": "mill", "town": "Altdorf"})
    assert [(severity, text) for severity, _, text in said(reading)] == [
        (Severity.ERROR, "is not known in the gazetteer; correct it, or give lat and lon")
    ]


def test_a_postcode_of_several_parts_is_no_error(tmp_path: Path) -> None:
    reading = read_in(tmp_path, None, {"id": "mill", "postcode": "39343", "town": "Beendorf"})
    assert reading.problem is not None
    assert reading.problem.company["mill"].district == "15083"
    assert [severity for severity, _, _ in said(reading)] == [Severity.WARNING]
