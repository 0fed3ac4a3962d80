"""What one row forces: never more than is true, and enough where a choice of few columns decides."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from data.base.status import Status
from matching.program.arrays import FREE, Draft, Program
from matching.program.forced import best_by_a_row
from matching.program.highs import Limits
from matching.program.minimise import minimise


def shortfall(served: tuple[tuple[int, int], ...], wanted: int, scale: int = 1, most: int = 2) -> Program:
    """A hinge over companies with a weight and a number of buddies who could have each; `most` are served."""
    draft = Draft()
    weights = np.array([weight for weight, buddies in served for _ in range(buddies)], dtype=np.int64)
    company = np.array([k for k, (_, buddies) in enumerate(served) for _ in range(buddies)], dtype=np.int64)
    x = draft.add_columns(np.zeros_like(weights), np.ones_like(weights))
    draft.add_rows([-FREE] * len(served), [1] * len(served), company, x, np.ones_like(x))
    draft.add_rows([-FREE], [most], np.zeros_like(x), x, np.ones_like(x))
    hinge = draft.add_columns([0], [wanted])
    columns = np.concatenate([hinge, x])
    draft.add_rows([wanted], [FREE], np.zeros_like(columns), columns, np.concatenate([[scale], weights]))
    return draft.program(np.concatenate([np.zeros_like(x), [1]]))


def start(of: Program, chosen: tuple[int, ...], hinge: int) -> np.ndarray:
    point = np.zeros(len(of.cost), dtype=np.int64)
    point[list(chosen)] = 1
    point[-1] = hinge
    assert of.allows(point)
    return point


def test_a_company_is_served_once_however_many_buddies_could_have_it():
    of = shortfall(((3, 2), (2, 1)), wanted=10, scale=2)
    # 10 wanted, 3 + 2 to be had: 5 short, by 2 each 3 after rounding up
    answer = best_by_a_row(of, start(of, (0, 2), 3))
    assert answer is not None
    assert (answer.value, answer.bound, answer.status) == (3, 3, Status.OPTIMAL)


def test_what_no_row_alone_forces_is_left_to_the_solver():
    of = shortfall(((3, 1), (2, 1), (2, 1)), wanted=10, most=2)
    # 10 - 3 - 2 is the best there is, but that only two are served stands in another row
    assert best_by_a_row(of, start(of, (0, 1), 5)) is None


def test_several_costly_columns_are_left_to_the_solver():
    of = shortfall(((3, 1),), wanted=3)
    both = replace(of, cost=np.array([1, 1]))
    assert best_by_a_row(of, start(of, (0,), 0)) is not None
    assert best_by_a_row(both, start(of, (0,), 0)) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3)), min_size=1, max_size=4),
    st.integers(1, 12),
    st.integers(1, 3),
    st.integers(1, 4),
)
def test_what_is_called_best_is_best(served: list[tuple[int, int]], wanted: int, scale: int, most: int):
    of = shortfall(tuple(served), wanted, scale, most)
    best = minimise(of, None, Limits())
    assert best.point is not None
    answer = best_by_a_row(of, best.point)
    assert answer is None or answer.value == best.value
    worse = best.point.copy()
    worse[-1] += 1
    assert best_by_a_row(of, worse) is None
