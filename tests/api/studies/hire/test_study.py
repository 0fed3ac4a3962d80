"""Where one more buddy helps most: gains equal those of solving again, and the page shows each of them."""

import re

import pytest

from api.service.sources import default_sources
from api.studies.hire.page import SHADES, _legend, hire_page, hire_section, shade_of
from api.studies.hire.result import HireStudy
from api.studies.hire.study import hire_study
from data.model.policy import CoverageWeight
from data.model.problem import Care, Point, Problem, SpecialistGroup
from data.model.vocabulary import CompanyState
from tests.builders import HALLE, MAGDEBURG, buddy, company, problem

SOURCES = default_sources()


def short_of_buddies() -> Problem:
    """Anna has room for one of three companies in Magdeburg; in Halle one of two is paused."""
    return problem(
        (buddy("anna", max_companies=1),),
        (
            *(company(f"m{n}", Point(lat=MAGDEBURG.lat + 0.01 * n, lon=MAGDEBURG.lon)) for n in range(3)),
            company("h0", HALLE, district="15002"),
            company("h1", HALLE, district="15002", state=CompanyState.PAUSED),
        ),
        care=tuple(Care(company=key, minutes=60) for key in ("m0", "m1", "m2", "h0")),
        specialists=(SpecialistGroup(company="h0", languages=("ar",), count=9),),
    )


@pytest.fixture(scope="module")
def study() -> HireStudy:
    return hire_study(short_of_buddies(), SOURCES.travel, None)


def test_gains_are_the_weight_that_solving_again_serves(study: HireStudy) -> None:
    assert (study.unit, study.served, study.whole) == (CoverageWeight.COMPANIES, 1, 4)
    # The new buddy has room for one company, like Anna, so any district gains one.
    assert {(place.hire.district, place.gain) for place in study.places} == {("15002", 1), ("15003", 1)}


def test_gains_are_in_the_unit_of_the_policy() -> None:
    known = short_of_buddies()
    weighed = known.replace(policy=known.policy.replace(coverage_weight=CoverageWeight.SPECIALISTS))
    found = hire_study(weighed, SOURCES.travel, None)
    assert found.whole == 1 + 1 + 1 + 9  # a company without specialists weighs 1
    best = found.places[0]
    assert (best.hire.district, best.gain, best.hire.languages) == ("15002", 9, ("ar",))


def test_the_page_shows_every_gain_in_words(study: HireStudy) -> None:
    known, gazetteer = short_of_buddies(), SOURCES.gazetteer
    page = hire_page(hire_section(study, known, gazetteer.district_name, gazetteer, 1), SOURCES.attributions)
    for tried in ("Halle (Saale)", "Magdeburg"):
        assert f"<title>{tried}: +1</title>" in page
    # 15090 is a district of the programme without a company.
    assert "<title>Stendal: –</title>" in page
    assert len(re.findall(r'<td class="n">\d</td><th scope="row">', page)) == 1  # one line was requested
    assert page == hire_page(
        hire_section(study, known, gazetteer.district_name, gazetteer, 1), SOURCES.attributions
    )


def test_a_programme_without_districts_has_an_empty_list() -> None:
    known = problem((buddy("anna"),), (company("c", district=""),))
    found = hire_study(known, SOURCES.travel, None)
    assert found.places == ()
    gazetteer = SOURCES.gazetteer
    assert "Es gibt keinen Landkreis" in hire_section(found, known, gazetteer.district_name, gazetteer, 5)


def test_shades_rise_with_the_gain() -> None:
    shades = [shade_of(gain, 13) for gain in range(-1, 14)]
    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[2], shades[-1]) == (0, 0, 1, len(SHADES) - 1)
    assert _legend(0) == [(SHADES[0], "0")]
    assert [words for _, words in _legend(13)] == ["0", "1–3", "4–6", "7–9", "10–13"]
    assert [words for _, words in _legend(1)] == ["0", "1"]
