"""Places on a day of a large week: what a visit adds, and what the week's limit on work leaves room for."""

import numpy as np
import pytest

from scheduling.week.large.arrays import NO_LIMIT, empty_state, week_arrays
from scheduling.week.large.day import label_buffer
from scheduling.week.large.places import find_places, forget_places, put
from tests.scheduling.week.plain_weeks import visit, week


@pytest.mark.parametrize(
    ("window", "work_left", "place"),
    [
        # before b, which begins at 700 and ends at 760: back at 780, 300 min after 480
        ([480, 600], 300, 0),
        ([480, 600], 299, None),
        # after b: 760 + 60 + 20 = 840, 360 min after 480
        ([760, 800], 360, 1),
        ([760, 800], 359, None),
    ],
)
def test_a_place_holds_the_work_that_is_left(window: list[int], work_left: int, place: int | None) -> None:
    of = week(visit("a", windows=[[window]]), visit("b", windows=[[[700, 700]]]))
    arrays, buffer = week_arrays(of), label_buffer()
    state = empty_state(arrays)
    assert put(arrays, state, 0, 0, 1, buffer)
    forget_places(state)
    find_places(arrays, state, 0, np.array([0]), 1, 1.0, work_left, buffer)
    found = state.least[0, 0] < NO_LIMIT
    assert found == (place is not None)
    if found:
        assert (state.place[0, 0], state.least[0, 0]) == (place, 0)
