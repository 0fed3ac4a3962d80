"""The week kernel against brute force, and each rule of the file format alone."""

from hypothesis import HealthCheck, given, settings

from data.solution import Status
from scheduling.check_week import check_week
from scheduling.instance import WeekInstance
from scheduling.week import solve_week
from tests.brute_force import best_week
from tests.scheduling.weeks import tiny_weeks

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(tiny_weeks())
def test_the_objective_is_that_of_brute_force_with_every_feature_on(week: WeekInstance) -> None:
    expected = best_week(week)
    result = solve_week(week)
    if expected is None:
        assert result.status is Status.INFEASIBLE
    else:
        assert (result.status, result.objective) == (Status.OPTIMAL, expected)
        assert check_week(week, result) == []
