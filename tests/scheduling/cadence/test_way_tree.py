"""The way tree of a buddy: remote areas cost their long way only once."""

from data.model.problem import Point
from scheduling.cadence.way_tree import WayTree, way_tree
from tests.builders import MAGDEBURG, buddy, company, problem, times


def east(minutes: int) -> Point:
    """A point so many minutes east of Magdeburg."""
    return MAGDEBURG.replace(lon=MAGDEBURG.lon + minutes / 100)


def tree(**minutes: int) -> WayTree:
    of = problem((buddy("anna"),), tuple(company(key, east(m)) for key, m in minutes.items()))
    return way_tree("anna", tuple(minutes), times(of))


def test_a_place_hangs_on_the_one_on_the_way_to_it() -> None:
    found = tree(far=60, beside=-10, near=20, farther=65)
    assert found.places == ("beside", "near", "far", "farther")
    assert found.parent == (-1, -1, 1, 2)
    # 2 × 10, 2 × 20, 2 × (60 - 20), 2 × (65 - 60)
    assert found.detour_min == (20, 40, 80, 10)


def test_a_way_is_driven_once_however_many_lie_on_it() -> None:
    found = tree(near=20, far=60, farther=65)
    assert found.travel_min(set()) == 0
    assert found.travel_min({2}) == 130  # 2 × 65
    assert found.travel_min({0, 1, 2}) == 130
    assert found.travel_min({0}) == 40


def test_places_at_one_point_cost_nothing_more() -> None:
    found = tree(one=30, other=30)
    assert (found.parent, found.detour_min) == ((-1, 0), (60, 0))


def test_there_may_be_no_places() -> None:
    assert tree().travel_min(set()) == 0
