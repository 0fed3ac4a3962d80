"""Bounds, cores and components of integer programs."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.status import Status
from matching.assignment.instance import AssignmentInstance
from matching.assignment.solve import solve_assignment
from matching.program import proof
from matching.program.arrays import FREE, Draft, Program
from matching.program.highs import Limits, Relaxed
from matching.program.minimise import minimise
from matching.program.proof import lagrangian, rounded_up
from tests.drawn import drawn
from tests.matching.assignment.brute_force import best_objective
from tests.matching.assignment.test_solve import instances


@drawn(100)
@given(instances())
def test_a_core_of_one_column_ends_in_the_same_proof(instance: AssignmentInstance):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof, "DIRECT", 1)
        result, best = solve_assignment(instance), best_objective(instance)
    expected = (Status.INFEASIBLE, None) if best is None else (Status.OPTIMAL, best)
    assert (result.status, result.objective) == expected


def knapsack() -> Program:
    """At least 5 of weights 4, 3, 2 at costs 9, 5, 4; plus a column in no row, worth 1 each."""
    draft = Draft()
    x = draft.add_columns([0, 0, 0, 0], [1, 1, 1, 2])
    draft.add_rows([5], [FREE], [0, 0, 0], x[:3], [4, 3, 2])
    return draft.program(np.array([9, 5, 4, -1]))


def test_the_optimum_of_a_knapsack_and_its_parts():
    answer = minimise(knapsack(), None, Limits())
    # 5 + 4 for weight 3 + 2, and twice -1
    assert (answer.value, answer.bound, answer.status) == (7, 7, Status.OPTIMAL)
    assert answer.point is not None
    assert answer.point.tolist() == [0, 1, 1, 2]
    assert [part.value for part in answer.parts] == [9, -2]


@pytest.mark.parametrize(("workers", "shares"), [(1, [1 / 4, 1]), (2, [1 / 2, 1])])
def test_parts_share_the_time_by_size(
    workers: int, shares: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One column of four is a quarter of the work for one worker, half of it for two; the rest is left."""
    seen, own = [], Limits.for_share

    def share(limits: Limits, part: float) -> Limits:
        seen.append(part)
        return own(limits, part)

    monkeypatch.setattr(Limits, "for_share", share)
    limits = Limits(deadline=time.monotonic() + 60, workers=workers)
    assert minimise(knapsack(), None, limits).value == 7
    assert sorted(seen) == shares


def test_a_share_of_the_time_ends_earlier() -> None:
    now = time.monotonic()
    deadline = Limits(deadline=now + 60).for_share(0.25).deadline
    assert deadline == pytest.approx(now + 15, abs=1)
    assert Limits().for_share(0.25).deadline is None


@drawn(50)
@given(st.floats(-5, 5))
def test_any_dual_proves_a_bound(dual: float):
    floor, reduced = lagrangian(knapsack(), np.array([dual]))
    assert rounded_up(floor) <= 7
    for x in np.ndindex(2, 2, 2, 3):
        point = np.array(x)
        if knapsack().allows(point):
            off_bound = np.where(reduced > 0, point, np.array([1, 1, 1, 2]) - point)
            assert knapsack().value(point) >= floor + np.abs(reduced) @ off_bound - 1e-9


@pytest.mark.parametrize(("bound", "proved"), [(6.2, 7), (7.000001, 7), (6.999999, 7), (7.1, 8)])
def test_a_float_bound_is_rounded_up_but_for_the_solvers_noise(bound: float, proved: int):
    assert rounded_up(bound) == proved


def test_a_start_that_meets_the_bound_needs_no_search():
    start = np.array([0, 1, 1, 2])
    answer = minimise(knapsack(), start, Limits(deadline=0.0))
    assert answer.point is not None
    assert answer.value == 7


def test_no_solution_is_told():
    draft = Draft()
    x = draft.add_columns([0, 0], [1, 1])
    draft.add_rows([3], [FREE], [0, 0], x, [1, 1])
    assert minimise(draft.program(np.zeros(2, dtype=np.int64)), None, Limits()).status is Status.INFEASIBLE


def test_a_start_is_kept_though_the_relaxation_is_called_infeasible(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(proof, "relax", lambda *_: Relaxed(infeasible=True, duals=None))
    answer = minimise(knapsack(), np.array([1, 0, 1, 0]), Limits())
    assert answer.point is not None
    assert (answer.value, answer.status) == (7, Status.OPTIMAL)
    assert minimise(knapsack(), None, Limits()).status is Status.INFEASIBLE
