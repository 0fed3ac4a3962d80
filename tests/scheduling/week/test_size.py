"""The estimate of visit sets in a listing, against actual listings; which weeks are too large."""

import numpy as np
import pytest
from hypothesis import given

from scheduling.week.instance import WeekInstance
from scheduling.week.listed.solve import ListedWeek
from scheduling.week.size import MOST_SETS, estimated_sets, most_sets
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import ordinary_week, tiny_weeks
from tests.scheduling.week.plain_weeks import visit, week


def test_visits_at_one_place_make_all_sets_up_to_what_a_day_holds() -> None:
    """Two fit into a day of 160 minutes with 40 of travel: 6 single visits and 15 pairs."""
    of = week(*(visit(f"v{i}") for i in range(6)), days=({"start": 480, "end": 640},))
    assert estimated_sets(of) == pytest.approx(6 + 15)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_estimate_is_within_a_third_of_the_listing(seed: int) -> None:
    of = ordinary_week(18, seed=seed, breaks=None)
    listed = ListedWeek(of, np.zeros(1, dtype=np.int64))
    count = sum(len(routes.mask) for routes in listed.routes)
    assert count / 1.5 <= estimated_sets(of) <= count * 1.5


@given(tiny_weeks(most_visits=6, length=24))
@drawn(60)
def test_no_listing_is_longer_than_what_durations_and_legs_allow(of: WeekInstance) -> None:
    listed = ListedWeek(of, np.zeros(1, dtype=np.int64))
    assert sum(len(np.unique(routes.mask)) for routes in listed.routes) <= most_sets(of)


def test_a_day_holds_as_many_visits_as_their_services_and_the_legs_to_them_take() -> None:
    """100 minutes hold 20 + 60 there and back, not a second hour: 5 sets of one; 180 hold two: 10 more."""
    far = [visit(f"v{i}", node=i + 1) for i in range(5)]
    roads = [[0 if a == b else 20 for b in range(6)] for a in range(6)]
    for minutes, sets in ((100, 5), (180, 5 + 10)):
        of = week(*far, days=({"start": 480, "end": 480 + minutes},), travel_min=roads)
        assert most_sets(of) == sets


def test_more_visits_than_bits_are_never_listed() -> None:
    many = week(*(visit(f"v{i:02}", windows=[[[500, 510]]]) for i in range(63)))
    assert min(most_sets(many), estimated_sets(many)) > MOST_SETS
