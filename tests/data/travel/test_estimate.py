"""The embedded travel estimate: curves, banks and bridges."""

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from api.service.sources import default_sources
from data.base.errors import BuddyplanError
from data.model.problem import Point
from data.travel.barriers import Barrier, Lonlat, barriers_of
from data.travel.estimate import Estimate, detour_of, great_circle_km, minutes_of
from tests.refusals import refused

WITH_ELBE = Estimate.from_texts(default_sources().reference.files)
ELBE = WITH_ELBE.barriers[0]
PLACES = default_sources().gazetteer

points = st.builds(
    Point,
    lat=st.floats(50.9, 53.1).map(lambda lat: round(lat, 5)),
    lon=st.floats(10.5, 13.2).map(lambda lon: round(lon, 5)),
)


def lonlat(where: list[Point]) -> Lonlat:
    return np.array([(point.lon, point.lat) for point in where])


def town(name: str) -> Point:
    return PLACES.find(town=name)[0].point


def minutes(start: str, end: str, estimate: Estimate) -> int:
    return int(estimate.matrices([town(start)], [town(end)])[0][0, 0])


@given(points, points)
def test_distances_are_those_of_geopy(one: Point, other: Point) -> None:
    ours = great_circle_km(np.array([[one.lon, one.lat]]), np.array([[other.lon, other.lat]]))[0, 0]
    assert ours == pytest.approx(great_circle((one.lat, one.lon), (other.lat, other.lon)).km, abs=1e-6)


@pytest.mark.parametrize(
    ("km", "detour", "door_to_door"),
    # the fits at 10, 40 and 100 km: 1.341 + 0.193 exp(-km / 20.5) and 2.8 + 1.82 km^0.869
    [(10.0, 1.459, 16.3), (40.0, 1.368, 47.7), (100.0, 1.342, 102.4)],
)
def test_the_curves_are_the_published_fits(km: float, detour: float, door_to_door: float) -> None:
    assert detour_of(np.array(km)) == pytest.approx(detour, abs=1e-3)
    assert minutes_of(np.array(km)) == pytest.approx(door_to_door, abs=0.1)


@given(st.lists(points, min_size=1, max_size=6))
def test_times_are_whole_symmetric_and_zero_only_between_equal_points(where: list[Point]) -> None:
    for matrix in WITH_ELBE.matrices(where, where):
        assert matrix.dtype == np.int32
        assert (matrix == matrix.T).all()
        same = np.array([[one == other for other in where] for one in where])
        assert (matrix[same] == 0).all()
        assert (matrix[~same] >= 1).all()


@given(st.lists(points, min_size=1, max_size=5), st.lists(points, min_size=1, max_size=5))
def test_a_river_never_shortens_a_way_and_leaves_one_bank_alone(start: list[Point], end: list[Point]) -> None:
    over, direct = Estimate([ELBE]).matrices(start, end), Estimate().matrices(start, end)
    for with_river, without in zip(over, direct, strict=True):
        assert (with_river >= without).all()
    same_bank = ~ELBE.between(lonlat(start), lonlat(end))
    assert (over[0][same_bank] == direct[0][same_bank]).all()


def test_no_points_give_empty_matrices() -> None:
    assert WITH_ELBE.matrices([], [Point(lat=52.0, lon=11.0)])[0].shape == (0, 1)


LEFT = """Magdeburg, Schönebeck, Aken, Dessau, Tangermünde, Arneburg, Werben, Barby, Pratau, Kemberg,
Bad Schmiedeberg, Pretzsch, Rogätz, Vockerode, Wörlitz, Grieben, Bittkau, Glindenberg, Breitenhagen,
Wartenburg, Stendal, Salzwedel, Halle (Saale), Naumburg, Wernigerode"""
RIGHT = """Burg, Gommern, Zerbst, Roßlau, Coswig, Lutherstadt Wittenberg, Jessen (Elster), Elster, Havelberg,
Sandau, Schönhausen, Jerichow, Genthin, Biederitz, Hohenwarthe, Klöden, Prettin, Annaburg, Steutz,
Walternienburg, Pretzien, Plötzky, Ferchland, Klietz, Fischbeck, Lostau"""


@pytest.mark.parametrize(
    ("name", "left"),
    [(" ".join(name.split()), side is LEFT) for side in (LEFT, RIGHT) for name in side.split(",")],
)
def test_towns_lie_on_their_bank_of_the_elbe(name: str, left: bool) -> None:
    point = town(name)
    assert ELBE.on_left(np.array([[point.lon, point.lat]]))[0] == left


def test_the_elbe_between_two_bridges_costs_the_way_around() -> None:
    # Werben and Havelberg face each other across a ferry, far from Wittenberge's and Tangermünde's bridges
    assert minutes("Werben", "Havelberg", Estimate()) < 15
    assert minutes("Werben", "Havelberg", WITH_ELBE) > 45


def test_a_bridge_in_town_costs_next_to_nothing() -> None:
    assert minutes("Dessau", "Roßlau", WITH_ELBE) <= minutes("Dessau", "Roßlau", Estimate()) + 1


def test_a_crossing_pair_takes_the_best_bridge() -> None:
    # A river along 11 degrees east; a bridge 0.3 degrees north of the pair, another 0.5 degrees south.
    river = Barrier("river", np.array([[11.0, 51.0], [11.0, 53.0]]), np.array([[11.0, 52.3], [11.0, 51.5]]))
    west, east = Point(lat=52.0, lon=10.9), Point(lat=52.0, lon=11.1)
    leg = great_circle((52.0, 10.9), (52.3, 11.0)).km  # the northern bridge halves the way, two equal legs
    expected = 2.8 + 1.82 * (2 * leg) ** 0.869
    assert Estimate([river]).matrices([west], [east])[0][0, 0] == round(expected)


FAR_AND_NEAR = st.builds(
    Point,
    lat=st.floats(47.3, 55.0).map(lambda lat: round(lat, 5)),
    lon=st.floats(6.0, 15.0).map(lambda lon: round(lon, 5)),
)


@given(FAR_AND_NEAR, FAR_AND_NEAR)
def test_a_river_lies_between_where_the_straight_line_crosses_its_course_an_odd_number_of_times(
    one: Point, other: Point
) -> None:
    course = [*zip(ELBE.course, ELBE.course[1:], strict=False)]
    crossed = sum(_cross(one, other, *each) for each in course)
    assert ELBE.between(lonlat([one]), lonlat([other]))[0, 0] == bool(crossed % 2)
    assert ELBE.between(lonlat([other]), lonlat([one]))[0, 0] == bool(crossed % 2)


def _cross(one: Point, other: Point, begin: Lonlat, end: Lonlat) -> bool:
    """Return whether two pieces of straight lines cross, by the sides on which their ends lie."""
    (a, b), (c, d) = lonlat([one, other]), (begin, end)

    def left(start: Lonlat, to: Lonlat, point: Lonlat) -> bool:
        (x, y), (u, v) = to - start, point - start
        return bool(x * v - y * u > 0)

    return left(a, b, c) != left(a, b, d) and left(c, d, a) != left(c, d, b)


def test_a_river_ends_where_its_course_ends() -> None:
    river = Barrier("river", np.array([[11.0, 51.0], [11.0, 53.0]]), np.array([[11.0, 52.0]]))
    west, east = Point(lat=53.05, lon=10.9), Point(lat=53.05, lon=11.1)
    assert Estimate([river]).matrices([west], [east])[0] == Estimate().matrices([west], [east])[0]
    west, east = Point(lat=52.95, lon=10.9), Point(lat=52.95, lon=11.1)
    leg = great_circle((52.95, 10.9), (53.0, 11.0)).km  # around the end, not over the bridge
    assert Estimate([river]).matrices([west], [east])[0][0, 0] == round(2.8 + 1.82 * (2 * leg) ** 0.869)


def test_a_barrier_without_a_crossing_is_refused() -> None:
    text = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
        '{"barrier": "Saale", "kind": "course"}, "geometry": '
        '{"type": "LineString", "coordinates": [[11.0, 51.0], [11.0, 52.0]]}}]}'
    )
    with refused(BuddyplanError, 'barrier "Saale" has no crossing'):
        barriers_of(text)


def test_a_state_without_barriers_has_none() -> None:
    assert Estimate.from_texts({}).barriers == ()
