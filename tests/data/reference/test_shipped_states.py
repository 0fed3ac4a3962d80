"""The reference data of all German states: places in their districts, names, ways between near places."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from api.service.sources import shipped_sources
from data.geo.gazetteer import Gazetteer
from data.model.calendar import STATES
from data.model.problem import Point
from data.travel.estimate import great_circle_km, minutes_of

KNOWN_ASTRAY = 14
"""Municipalities and places that lie just outside of their district's simplified outline, in all Germany."""


@cache
def gazetteer(state: str) -> Gazetteer:
    return shipped_sources(state).gazetteer


def point(state: str, town: str) -> Point:
    return gazetteer(state).find(town=town)[0].point


def minutes(state: str, one: Point, other: Point) -> int:
    return int(shipped_sources(state).travel.matrices([one], [other])[0][0, 0])


def astray(state: str) -> Iterator[str]:
    places = gazetteer(state)
    for settlement in places.settlements:
        if places.district_of(settlement.point) != settlement.municipality[:5]:
            yield settlement.name


def test_places_lie_in_their_districts_but_for_a_few() -> None:
    assert sum(1 for state in STATES for _ in astray(state)) <= KNOWN_ASTRAY


@pytest.mark.parametrize("state", STATES)
def test_a_state_has_districts_towns_and_postcodes(state: str) -> None:
    places = gazetteer(state)
    assert places.districts() and places.settlements and places.postcodes
    keys = {district.ags for district in places.districts()}
    assert {settlement.municipality[:5] for settlement in places.settlements} == keys
    assert {postcode.municipality[:5] for postcode in places.postcodes.values()} <= keys


@pytest.mark.parametrize("state", STATES)
def test_no_two_districts_of_a_state_have_one_name(state: str) -> None:
    names = [gazetteer(state).district_name(district.ags) for district in gazetteer(state).districts()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("state", "ags", "name"),
    [
        ("SN", "14713", "Leipzig"),
        ("SN", "14729", "Landkreis Leipzig"),
        ("BW", "08212", "Karlsruhe"),
        ("BW", "08215", "Landkreis Karlsruhe"),
        ("SN", "14627", "Meißen"),
        ("ST", "15083", "Börde"),
    ],
)
def test_a_name_tells_a_county_from_the_city_that_is_called_like_it(state: str, ags: str, name: str) -> None:
    assert gazetteer(state).district_name(ags) == name


@pytest.mark.parametrize("state", STATES)
def test_no_way_takes_much_longer_than_its_straight_line_unless_a_barrier_lies_between(state: str) -> None:
    rng = np.random.default_rng(17)
    places = [each.point for each in gazetteer(state).settlements]
    drawn = [places[i] for i in rng.integers(len(places), size=120)]
    lonlat = np.array([(each.lon, each.lat) for each in drawn])
    travel = shipped_sources(state).travel
    straight = np.rint(minutes_of(great_circle_km(lonlat, lonlat)))
    far = travel.matrices(drawn, drawn)[0] > 2.2 * straight
    between = np.zeros_like(far)
    for barrier in getattr(travel, "barriers", ()):
        between |= barrier.between(lonlat, lonlat)
    assert not (far & ~between).any()


@pytest.mark.parametrize(
    ("one", "other", "most"),
    [
        (("SN", "Meißen"), ("SN", "Coswig"), 20),
        (("SN", "Riesa"), ("SN", "Großenhain"), 30),
        (("SH", "Kiel"), ("HH", "Hamburg-Altona"), 100),
        (("SH", "Lübeck"), ("HH", "Hamburg-Altona"), 75),
    ],
)
def test_the_elbe_of_sachsen_anhalt_lengthens_no_way_elsewhere(
    one: tuple[str, str], other: tuple[str, str], most: int
) -> None:
    """Neither in the programme of the state, nor in one with the barriers of Sachsen-Anhalt."""
    begin, end = point(*one), point(*other)
    assert minutes("ST", begin, end) == minutes(one[0], begin, end) <= most
