"""The week kernel against brute force, with every feature of the file format."""

from hypothesis import given

from data.base.status import Status
from scheduling.week.instance import WeekInstance
from scheduling.week.judge import check_week
from scheduling.week.solve import solve_week
from tests.brute_force import best_week
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import tiny_weeks

SLOW = drawn(60)


@SLOW
@given(tiny_weeks(length=20))
def test_the_objective_is_that_of_brute_force(week: WeekInstance) -> None:
    expect_the_objective_of_brute_force(week)


@SLOW
@given(tiny_weeks(most_visits=6, length=11))
def test_the_objective_is_that_of_brute_force_for_up_to_six_visits(week: WeekInstance) -> None:
    expect_the_objective_of_brute_force(week)


def expect_the_objective_of_brute_force(week: WeekInstance) -> None:
    expected = best_week(week)
    result = solve_week(week)
    if expected is None:
        assert result.status is Status.INFEASIBLE
    else:
        assert (result.status, result.objective) == (Status.OPTIMAL, expected)
        assert check_week(week, result) == []
