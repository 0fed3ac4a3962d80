"""The table of travel times that the engines read."""

import numpy as np
import pytest

from data.travel.provider import Times


@pytest.mark.parametrize("key", ["a", "c", "e"], ids=["before", "between", "after"])
def test_a_copy_lies_where_the_other_does_and_the_ids_stay_sorted(key: str):
    minutes = np.array([[0, 7], [5, 0]], dtype=np.int32)
    copied = Times(("b", "d"), minutes, 1000 * minutes, "test").with_copy(key, "d")
    assert copied.ids == tuple(sorted(("b", "d", key)))
    assert (copied.minutes("b", key), copied.minutes(key, "b")) == (7, 5)
    assert (copied.minutes("b", "d"), copied.minutes("d", "b")) == (7, 5)
    assert (copied.minutes(key, "d"), copied.minutes("d", key), copied.minutes(key, key)) == (0, 0, 0)
    assert copied.metres(key, "b") == 5000
