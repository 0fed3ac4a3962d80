"""Kernels are Python: interpreted or compiled, they answer the same."""

from hypothesis import given

from data.base.compiled import interpreted_kernels
from scheduling.week.instance import WeekInstance
from scheduling.week.solve import solve_week
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import tiny_weeks


@given(week=tiny_weeks(most_visits=3))
@drawn(40)
def test_interpreted_and_compiled_answers_are_the_same(week: WeekInstance) -> None:
    compiled = solve_week(week)
    with interpreted_kernels():
        interpreted = solve_week(week)
    assert interpreted.model_copy(update={"seconds": compiled.seconds}) == compiled
