"""A program that grows has the value and the duals of one that was whole from the beginning."""

from math import inf
from types import SimpleNamespace
from typing import Any

import pytest

from data.solver.growing_lp import GrowingLp


def covered() -> GrowingLp:
    """Two rows to be covered, each by a column of its own for 3, at most one column of the third row."""
    lp = GrowingLp([(1.0, 1.0), (1.0, 1.0), (-inf, 1.0)])
    lp.add(3.0, [(0, 1.0)])
    lp.add(3.0, [(1, 1.0)])
    return lp


def test_columns_that_come_later_lower_the_cost() -> None:
    lp = covered()
    first = lp.solve()
    lp.add(4.0, [(0, 1.0), (1, 1.0), (2, 1.0)])
    then = lp.solve()
    assert first is not None
    assert then is not None
    assert (first.value, first.duals.tolist()) == (6.0, [3.0, 3.0, 0.0])
    assert then.value == 4.0
    assert then.duals[:2].sum() + then.duals[2] == pytest.approx(4.0)


@pytest.mark.parametrize("error", [None, AttributeError("canonical_code"), RuntimeError("ABNORMAL")])
def test_a_program_that_fails_from_its_last_solution_is_solved_anew(error: Exception | None) -> None:
    lp = covered()
    lp._solver = Fails(error)
    solved = lp.solve()
    assert solved is not None
    assert solved.value == 6.0


def test_a_program_that_fails_twice_has_no_solution(monkeypatch: pytest.MonkeyPatch) -> None:
    lp = covered()
    lp._solver = Fails()
    monkeypatch.setattr(lp, "_new_solver", Fails)
    assert lp.solve() is None


class Fails:
    """A solver that does not find its way, and says so or raises an error."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    def solve(self, **_: Any) -> Any:
        if self.error is not None:
            raise self.error
        return SimpleNamespace(termination=SimpleNamespace(reason=None))
