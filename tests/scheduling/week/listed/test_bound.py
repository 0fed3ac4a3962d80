"""The bound of a week, the floor under its penalties, and the proof if there are many states."""

from itertools import combinations
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.status import Status
from scheduling.week.instance import WeekInstance
from scheduling.week.judge import check_week
from scheduling.week.listed import bound as week_bound
from scheduling.week.listed import proof as listed_proof
from scheduling.week.listed.bound import Relaxation, least_sum
from scheduling.week.listed.route_list import sums_of_bits
from scheduling.week.listed.solve import ListedWeek
from scheduling.week.solve import solve_week
from tests.brute_force import best_week
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import ordinary_week, tiny_weeks
from tests.scheduling.week.plain_weeks import DAY, visit, week

SLOW = drawn(60)


@st.composite
def overloaded_weeks(draw: st.DrawFn) -> WeekInstance:
    """Weeks with penalties far above all travel, and a limit on work that leaves visits out."""
    drawn = draw(tiny_weeks(most_visits=5, length=14, required=0))
    visits = tuple(v.model_copy(update={"penalty": 40 * v.penalty}) for v in drawn.visits)
    return drawn.model_copy(update={"visits": visits, "max_week_work_min": draw(st.integers(4, 20))})


def relaxation_of(of: WeekInstance) -> Relaxation:
    return ListedWeek(of, np.zeros(1, dtype=np.int64)).relaxation


@SLOW
@given(tiny_weeks(length=14))
def test_no_plan_is_below_the_bound(of: WeekInstance) -> None:
    best = best_week(of)
    duals = relaxation_of(of).solve()
    assert best is None or duals.bound <= best * duals.scale


@SLOW
@given(overloaded_weeks())
def test_no_plan_is_below_the_bound_with_its_floor(of: WeekInstance) -> None:
    relaxation = relaxation_of(of)
    duals = relaxation.solve()
    best = best_week(of)
    assert best is not None
    while relaxation.raise_floor(-(-duals.bound // duals.scale)):
        before, duals = duals, relaxation.solve()
        # The floor is valid for every plan that the relaxation still claims to bound.
        assert best > relaxation.top or duals.bound <= best * duals.scale
        if duals.bound <= before.bound:
            break


def test_the_floor_closes_the_gap_of_a_fraction_of_a_day() -> None:
    """Six visits of an hour 20 minutes away, 370 min of work: 40 + 5 * 60 = 340 fit, the sixth does not.

    The relaxation makes 370/400 of a day with all six: 37 of travel and 450 of penalties. Above the 40 that
    travel can cost there are only penalties, so 447 of them become 1000.
    """
    relaxation = relaxation_of(week(*(visit(f"v{i}") for i in range(6)), max_week_work_min=370))
    assert bound_of(relaxation) == 487
    assert relaxation.raise_floor(487)
    # 5/6 of the day, and 1000
    assert bound_of(relaxation) == 1034


@pytest.mark.parametrize("limit", [{"max_days": 1}, {"max_week_work_min": 100}])
def test_the_bound_charges_for_days_and_for_work(limit: dict[str, int]) -> None:
    """Two visits on two days at 40 each, of which the limit lets one be made: 40 and the other's 1000."""
    twins = (visit("a", group="g"), visit("b", group="g"))
    assert bound_of(relaxation_of(week(*twins, days=(DAY, DAY), **limit))) == 40 + 1000


def bound_of(relaxation: Relaxation) -> int:
    duals = relaxation.solve()
    return -(-duals.bound // duals.scale)


@pytest.mark.parametrize("pivots", [1, 20])
def test_any_duals_bound_the_week(pivots: int) -> None:
    """Duals of a relaxation that is not solved to optimality give a weaker bound, but never a wrong one."""
    of = ordinary_week(8, seed=1)
    relaxation = relaxation_of(of)
    with patch.object(week_bound, "MOST_PIVOTS", pivots):
        duals = relaxation.solve()
    optimum = solve_week(of).objective
    assert optimum is not None
    assert duals.bound <= optimum * duals.scale


@SLOW
@given(overloaded_weeks())
def test_the_way_over_floors_and_cut_searches_ends_at_the_same_objective(of: WeekInstance) -> None:
    with patch.object(listed_proof, "CHEAP", 1):
        result = solve_week(of)
    assert (result.status, result.objective) == (Status.OPTIMAL, best_week(of))
    assert check_week(of, result) == []


@given(st.lists(st.integers(0, 12), max_size=7), st.integers(1, 50))
def test_the_least_sum_is_that_of_trying_every_choice(values: list[int], target: int) -> None:
    sums = [sum(chosen) for size in range(len(values) + 1) for chosen in combinations(values, size)]
    enough = [total for total in sums if total >= target]
    assert least_sum(values, target) == min(enough, default=sum(values) + 1)


def test_a_sum_of_too_many_choices_is_not_told() -> None:
    assert least_sum([3**i for i in range(20)], 3**19) is None


@given(st.lists(st.integers(-(2**40), 2**40), min_size=62, max_size=62), st.integers(0, 2**62 - 1))
def test_values_are_summed_at_the_bits_of_a_mask(values: list[int], mask: int) -> None:
    sums = sums_of_bits(np.array([mask, 0], dtype=np.int64), np.array(values, dtype=np.int64))
    assert list(sums) == [sum(values[v] for v in range(62) if mask >> v & 1), 0]
