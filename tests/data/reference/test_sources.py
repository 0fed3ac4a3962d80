import pickle

import pytest

from data.model.problem import Point
from data.reference.reference import WrongReference
from data.reference.sources import Sources
from data.travel.estimate import Estimate
from tests.builders import Manhattan
from tests.data.reference.own_land import EAST, OWN, SURVEY, WEST
from tests.refusals import refused

SOURCES = Sources(OWN, Estimate.from_texts(OWN.files))


def test_places_are_those_of_the_reference_data() -> None:
    assert SOURCES.gazetteer.district_name(WEST) == "Nebelgau"
    assert SOURCES.gazetteer.neighbours(WEST) == (EAST,)
    assert SOURCES.gazetteer.find("99902", "Morgenfeld")[0].district == EAST


def test_the_estimate_knows_the_barriers_of_the_reference_data() -> None:
    west, east = [Point(lat=50.2, lon=10.4)], [Point(lat=50.2, lon=10.6)]
    # The bridge is 0.25 degrees north: some 28 km there and 28 back in place of 14 across.
    assert SOURCES.travel.matrices(west, east)[0][0, 0] > 2 * Estimate().matrices(west, east)[0][0, 0]


def test_attributions_are_those_of_places_and_of_travel_each_once() -> None:
    assert SOURCES.attributions == (SURVEY, "© OpenStreetMap contributors")
    again = OWN.replace(attributions=("a ruler", SURVEY))
    assert Sources(again, Manhattan()).attributions == ("a ruler", SURVEY)


def test_another_process_gets_the_same_sources() -> None:
    assert SOURCES.gazetteer.state == "TH"
    passed = pickle.loads(pickle.dumps(SOURCES))
    assert "gazetteer" not in vars(passed)
    assert passed.gazetteer.district_name(EAST) == "Morgenmark"
    points = [Point(lat=50.2, lon=10.4), Point(lat=50.2, lon=10.6)]
    assert (passed.travel.matrices(points, points)[0] == SOURCES.travel.matrices(points, points)[0]).all()


@pytest.mark.parametrize(
    "broken", [{"districts.geojson": "{"}, {"districts.geojson": "{}"}, {"municipalities.csv": "name\nX\n"}]
)
def test_broken_files_are_refused(broken: dict[str, str]) -> None:
    wrong = Sources(OWN.replace(files=OWN.files | broken), Manhattan())
    with refused(WrongReference, "cannot be read"):
        _ = wrong.gazetteer
