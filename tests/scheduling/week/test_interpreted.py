"""Kernels are Python: interpreted or compiled, they answer the same."""

import pytest
from hypothesis import HealthCheck, given

from data.base.compiled import Kernel
from scheduling.week.instance import WeekInstance
from scheduling.week.solve import solve_week
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import tiny_weeks


@given(week=tiny_weeks(most_visits=3))
@drawn(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_interpreted_and_compiled_answers_are_the_same(
    monkeypatch: pytest.MonkeyPatch, week: WeekInstance
) -> None:
    compiled = solve_week(week)
    with monkeypatch.context() as here:
        here.setattr(Kernel, "interpreted", True)
        interpreted = solve_week(week)
    assert interpreted.model_copy(update={"seconds": compiled.seconds}) == compiled
