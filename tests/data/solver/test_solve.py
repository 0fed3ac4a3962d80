"""Small programs whose best point is known, by every method; limits and a cancelled call."""

import threading
from math import inf

import numpy as np
import pytest

from data.solver.mip import Method, Mip, Stop
from data.solver.solve import solve

# The most of 5a + 4b + 3c with 2a + 3b + c ≤ 5 and a + b + c ≥ 1: a and b.
KNAPSACK = Mip(
    cost=[-5, -4, -3],
    lower=[0, 0, 0],
    upper=[1, 1, 1],
    row_lower=[-inf, 1],
    row_upper=[5, inf],
    row=[0, 1, 0, 1, 0, 1],
    column=[2, 0, 0, 1, 1, 2],
    coefficient=[1, 1, 2, 1, 3, 1],
)


@pytest.mark.parametrize("method", [Method.BRANCH_AND_BOUND, Method.CP_SAT])
def test_the_best_point_is_found_and_proved(method: Method) -> None:
    found = solve(KNAPSACK, method, Stop(), 0)
    assert found is not None
    assert (found.status, found.limit, found.bound) == ("optimal", None, pytest.approx(-9))
    assert found.point is not None
    assert found.point.tolist() == pytest.approx([1, 1, 0])


def test_the_relaxation_has_a_vertex_and_duals() -> None:
    """a, c and two thirds of b; a unit more of the first row is worth a third of b, 4 / 3."""
    found = solve(KNAPSACK, Method.INTERIOR_POINT, Stop(), 0)
    assert found is not None
    assert found.point is not None
    assert found.duals is not None
    assert found.point.tolist() == pytest.approx([1, 2 / 3, 1])
    assert found.duals.tolist() == pytest.approx([-4 / 3, 0])


@pytest.mark.parametrize("method", Method)
def test_what_no_point_holds_is_infeasible(method: Method) -> None:
    found = solve(Mip([1], [0], [1], [2], [inf], [0], [0], [1]), method, Stop(), 0)
    assert found is not None
    assert (found.status, found.point) == ("infeasible", None)


@pytest.mark.parametrize("method", [Method.BRANCH_AND_BOUND, Method.CP_SAT])
def test_a_hint_is_no_limit(method: Method) -> None:
    found = solve(KNAPSACK, method, Stop(seconds=60.0), 0, hint=np.array([0, 0, 1]))
    assert found is not None
    assert found.bound == pytest.approx(-9)


def test_a_cancelled_call_has_no_answer() -> None:
    cancel = threading.Event()
    found = solve(KNAPSACK, Method.BRANCH_AND_BOUND, Stop(cancel=cancel), 0)
    assert found is not None
    assert found.status == "optimal"
    cancel.set()
    assert solve(KNAPSACK, Method.BRANCH_AND_BOUND, Stop(cancel=cancel), 0) is None


def test_an_error_in_a_call_that_may_be_cancelled_is_raised() -> None:
    backwards = Mip([1], [1], [0], [np.nan], [inf], [0], [0], [1])
    with pytest.raises(ValueError):
        solve(backwards, Method.BRANCH_AND_BOUND, Stop(cancel=threading.Event()), 0)
