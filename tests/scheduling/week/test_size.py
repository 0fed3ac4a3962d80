"""The estimate of visit sets in a listing, against actual listings; which weeks are too large."""

import numpy as np
import pytest

from scheduling.week.listed.solve import ListedWeek
from scheduling.week.size import estimated_sets, too_large_to_list
from tests.scheduling.week.drawn_weeks import ordinary_week
from tests.scheduling.week.plain_weeks import DAY, visit, week


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


def test_what_is_too_large_depends_on_sets_and_seconds_not_on_visits_alone() -> None:
    narrow = week(*(visit(f"v{i:02}", windows=[[[500, 510]]]) for i in range(62)))
    wide = week(*(visit(f"v{i:02}", duration_min=40) for i in range(40)), days=(DAY,))
    assert not too_large_to_list(narrow, None)
    assert too_large_to_list(wide, None)
    assert too_large_to_list(narrow, 0.0001)
    assert too_large_to_list(week(*(visit(f"v{i:02}", windows=[[[500, 510]]]) for i in range(63))), None)
