"""Candidate positions: generated, written, read back, and read with all findings at once."""

import io
from pathlib import Path

import pytest

from api.service.sources import default_sources
from api.words.findings import finding_sentence
from data.model.problem import Problem, SpecialistGroup
from data.model.programme import Host
from data.model.vocabulary import Mandate
from data.positions.candidates import candidate_positions
from data.positions.file import PositionReading, read_positions, write_positions
from tests.builders import MAGDEBURG, STENDAL, buddy, company, problem


@pytest.fixture
def of() -> Problem:
    return problem(
        (buddy("anna", max_companies=12),),
        (
            company("a", host="h1", sector="C10"),
            company("b", host="h2", sector="Q86"),
            company("s", point=STENDAL, district="15090", sector="C10"),
        ),
        hosts=(Host(id="h1", kind="district"), Host(id="h2", kind="district"), Host(id="h3", kind="union")),
        specialists=(SpecialistGroup(company="a", languages=("uk",), count=3),),
    )


def reading(of: Problem, text: str, folder: Path) -> PositionReading:
    path = folder / "positions.csv"
    path.write_text(text, encoding="utf-8")
    return read_positions(path, of, default_sources().gazetteer)


def test_a_row_is_a_would_be_buddy_with_a_bundle(of: Problem, tmp_path: Path) -> None:
    text = "id;postcode;town;districts;languages;hours_per_week;bundle\np1;39104;Magdeburg;15003;ar:B2;20;x\n"
    found = reading(of, text, tmp_path)
    assert [str(finding.severity) for finding in found.findings] == []
    (position,) = found.positions
    assert (position.id, position.bundle) == ("p1", "x")
    assert position.buddy.week_work_min == 1200
    assert position.buddy.mandate is Mandate.EITHER
    assert abs(position.buddy.base.lat - MAGDEBURG.lat) < 0.1


def test_every_wrong_row_is_told_at_once(of: Problem, tmp_path: Path) -> None:
    text = "id,lat,lon,districts,host\np1,52.1,11.6,99999,\np1,52.1,11.6,,nobody\nanna,,,,\np4,52.1,x,,\n"
    found = reading(of, text, tmp_path)
    assert found.positions == ()
    places = {(finding.row, finding.column) for finding in found.findings}
    assert places == {(2, "districts"), (3, "id"), (3, "host"), (4, "id"), (4, "postcode"), (5, "lon")}


def test_an_empty_file_is_a_finding(of: Problem, tmp_path: Path) -> None:
    assert "is empty" in finding_sentence(reading(of, "", tmp_path).findings[0], "en")
    assert "has no rows" in finding_sentence(reading(of, "id,lat,lon\n", tmp_path).findings[0], "en")


def test_candidates_are_read_back_as_they_were_written(of: Problem, tmp_path: Path) -> None:
    rows = candidate_positions(of, default_sources().gazetteer)
    text = io.StringIO()
    write_positions(text, rows)
    found = reading(of, text.getvalue(), tmp_path)
    assert found.findings == ()
    # two districts with companies; of each kind of host one: district: region, union: sector, either
    assert {position.buddy.host for position in found.positions} == {"h1", "h3"}
    assert {position.buddy.mandate for position in found.positions} == {
        Mandate.REGION,
        Mandate.SECTOR,
        Mandate.EITHER,
    }
    # per seat 1 region + 3 sector bundles × 2 mandates = 7, at 2 seats
    assert len(found.positions) == 14
    assert {position.buddy.max_companies for position in found.positions} == {12}
    at_magdeburg = [position.buddy for position in found.positions if position.id.startswith("p15003")]
    assert {spoken.language for spoken in at_magdeburg[0].languages} == {"de", "uk"}
