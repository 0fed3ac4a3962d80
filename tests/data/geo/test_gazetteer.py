"""The offline gazetteer: towns, postcodes, districts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.service.sources import default_sources
from data.geo.gazetteer import Gazetteer, Settlement
from data.geo.spelling import forms, town_and_quarter
from data.model.problem import Point

SACHSEN_ANHALT = default_sources().gazetteer


def square(ags: str, name: str, west: float, south: float) -> dict[str, object]:
    """A square district, half a degree wide and high."""
    corners = [(0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5), (0.0, 0.0)]
    ring = [[west + east, south + north] for east, north in corners]
    return {
        "type": "Feature",
        "properties": {"ags": ags, "name": name, "kind": "Landkreis"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def little_land() -> Gazetteer:
    """A state with three districts: two side by side and one that touches the second in a corner."""
    squares = [
        square("16001", "West", 10.0, 50.0),
        square("16002", "Ost", 10.5, 50.0),
        square("16003", "Eck", 11.0, 50.5),
    ]
    borders = {"type": "FeatureCollection", "state": "TH", "features": squares}
    return Gazetteer.from_texts({"districts.geojson": json.dumps(borders)})


@pytest.mark.parametrize(
    ("town", "name", "district", "exact"),
    [
        ("Magdeburg", "Magdeburg", "15003", True),
        ("halle (saale)", "Halle (Saale)", "15002", True),
        ("Halle", "Halle (Saale)", "15002", False),
        ("Roßlau", "Roßlau", "15001", True),
        ("Rosslau", "Roßlau", "15001", False),
        ("Koethen", "Köthen (Anhalt)", "15082", False),
        ("Kothen (Anhalt)", "Köthen (Anhalt)", "15082", False),
        ("Wittenberg", "Lutherstadt Wittenberg", "15091", False),
        ("Eisleben, Lutherstadt", "Lutherstadt Eisleben", "15087", False),
        ("Hansestadt Stendal", "Stendal", "15090", False),
        ("Freyburg/Unstrut", "Freyburg (Unstrut)", "15084", False),
        ("Dessau-Roßlau OT Rosslau", "Roßlau", "15001", True),
        ("Bernburg (Saale), OT Peißen", "Peißen", "15089", True),
    ],
)
def test_a_town_is_found_as_people_write_it(town: str, name: str, district: str, exact: bool) -> None:
    (found,) = SACHSEN_ANHALT.find(town=town)
    assert (found.name, found.district, found.exact) == (name, district, exact)


def test_a_town_that_exists_twice_comes_back_twice_until_the_postcode_decides() -> None:
    both = SACHSEN_ANHALT.find(town="Altenburg")
    assert {found.municipality for found in both} == {"Nienburg (Saale)", "Naumburg (Saale)"}
    (one,) = SACHSEN_ANHALT.find(postcode="06429", town="Altenburg")
    assert one.municipality == "Nienburg (Saale)"


def test_of_two_towns_the_larger_comes_first() -> None:
    assert [found.district for found in SACHSEN_ANHALT.find(town="Seehausen")] == ["15090", "15083"]


def test_an_addition_that_is_written_out_decides_too() -> None:
    (found,) = SACHSEN_ANHALT.find(town="Seehausen (Altmark)")
    assert found.district == "15090"


def test_in_a_city_the_postcode_places_more_finely_than_the_town() -> None:
    (city,) = SACHSEN_ANHALT.find(town="Magdeburg")
    (north,) = SACHSEN_ANHALT.find(postcode="39126", town="Magdeburg")
    assert north.point != city.point
    assert north.exact


def test_a_postcode_alone_is_enough() -> None:
    (found,) = SACHSEN_ANHALT.find(postcode="06108")
    assert (found.name, found.district, found.exact) == ("Halle (Saale)", "15002", True)


def test_an_unknown_town_falls_back_to_its_postcode_and_says_so() -> None:
    (found,) = SACHSEN_ANHALT.find(postcode="39104", town="Atlantis")
    assert (found.name, found.exact) == ("Magdeburg", False)


def test_postcode_and_town_that_contradict_each_other_are_both_shown() -> None:
    found = SACHSEN_ANHALT.find(postcode="39104", town="Halle (Saale)")
    assert [place.name for place in found] == ["Halle (Saale)", "Magdeburg"]
    assert not any(place.exact for place in found)


def test_a_postcode_of_elsewhere_makes_the_town_doubtful() -> None:
    (found,) = SACHSEN_ANHALT.find(postcode="10115", town="Burg")
    assert not found.exact


def test_nothing_is_found_for_nothing() -> None:
    assert SACHSEN_ANHALT.find() == ()
    assert SACHSEN_ANHALT.find(town="Leipzig") == ()


def test_every_settlement_lies_in_the_district_of_its_key() -> None:
    astray = [
        settlement.name
        for settlement in SACHSEN_ANHALT.settlements
        if SACHSEN_ANHALT.district_of(settlement.point) != settlement.municipality[:5]
    ]
    assert astray == []


def test_sachsen_anhalt_has_fourteen_districts_and_neighbours_are_mutual() -> None:
    districts = {district.ags: district.neighbours for district in SACHSEN_ANHALT.districts()}
    assert len(districts) == 14
    assert districts["15002"] == ("15088",)  # Halle lies inside the Saalekreis
    assert all(ags in districts[other] for ags, others in districts.items() for other in others)


def test_a_point_just_outside_the_border_snaps_and_one_far_outside_does_not(
    little_land: Gazetteer,
) -> None:
    # 0.01 degrees of longitude at 50.5 degrees north: 111.195 x cos(50.5) x 0.01 = 0.71 km
    assert little_land.district_of(Point(lat=50.2, lon=9.99)) == "16001"
    # twice as far: 1.41 km
    assert little_land.district_of(Point(lat=50.2, lon=9.98)) is None


def test_another_state_works_with_districts_alone(little_land: Gazetteer) -> None:
    assert little_land.state == "TH"
    assert little_land.neighbours("16001") == ("16002",)
    assert little_land.district_name("16001") == "West"
    assert little_land.find(postcode="39104", town="Magdeburg") == ()


def test_districts_that_meet_in_one_point_are_no_neighbours(little_land: Gazetteer) -> None:
    assert little_land.neighbours("16003") == ()


@given(st.sampled_from(SACHSEN_ANHALT.settlements))
def test_every_settlement_is_found_in_capitals_without_umlauts(settlement: Settlement) -> None:
    shouted = settlement.name.upper().replace("Ä", "AE").replace("Ö", "OE").replace("Ü", "UE")
    assert settlement.municipality[:5] in {found.district for found in SACHSEN_ANHALT.find(town=shouted)}


def test_forms_level_umlauts_titles_and_additions() -> None:
    assert forms("Köthen (Anhalt)") >= {"koethen", "kothen", "koethen anhalt"}
    assert "wittenberg" in forms("Lutherstadt Wittenberg")
    assert forms("  ") == frozenset()


def test_a_quarter_is_told_from_its_town() -> None:
    assert town_and_quarter("Zerbst/Anhalt (OT Lindau)") == ("Zerbst/Anhalt", "Lindau")
    assert town_and_quarter("Rottleben") == ("Rottleben", "")


def test_a_town_is_found_in_a_postcode_of_several_parts() -> None:
    (found,) = SACHSEN_ANHALT.find(postcode="39343", town="Beendorf")  # the middle is 30 km to the east
    assert (found.name, found.district) == ("Beendorf", "15083")
    assert found.point == SACHSEN_ANHALT.find(town="Beendorf")[0].point


def test_a_quarter_that_is_too_small_for_the_list_is_placed_at_its_town() -> None:
    (found,) = SACHSEN_ANHALT.find(postcode="39291", town="Genthin OT Schopsdorf")
    assert (found.name, found.district, found.exact) == ("Genthin", "15086", False)


@pytest.mark.parametrize(
    ("town", "name"), [("Magdeburg-Diesdorf", "Diesdorf"), ("Halle-Neustadt", "Halle-Neustadt")]
)
def test_a_quarter_may_be_written_behind_its_town(town: str, name: str) -> None:
    (found,) = SACHSEN_ANHALT.find(town=town)
    assert (found.name, found.exact) == (name, True)
    assert SACHSEN_ANHALT.find(town="Magdeburg-Nirgendwo") == ()
