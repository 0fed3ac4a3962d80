"""Knapsacks of one agent: the best of two rows at every split of the room."""

import numpy as np
import pytest

from matching.assignment.search.knapsacks import _joined


@pytest.mark.parametrize("room", range(4))
@pytest.mark.parametrize("row", [(0, 0, 0, -9), (0, -1, -5, -6), (-2, -2, -2, -2), (0, -1, -1, -8)])
def test_two_rows_are_joined_at_every_split_of_the_room(row: tuple[int, ...], room: int):
    other = np.array([0, -1, -3, -4], dtype=np.int64)
    splits = [row[c] + other[room - c] for c in range(room + 1)]
    assert _joined(np.array(row, dtype=np.int64), other, room) == min(splits)
