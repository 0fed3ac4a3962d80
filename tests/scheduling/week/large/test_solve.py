"""The solver for large weeks, on small ones that can be listed.

Its plans are never better than the proved optimum, and its bound is never above it.
"""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given

from data.base.status import ReasonCode, Status
from scheduling.week.instance import UnplannedVisit, WeekInstance, WeekResult
from scheduling.week.judge import check_week, objective_of, travel_of
from scheduling.week.large.arrays import week_arrays
from scheduling.week.large.relaxation import LargeRelaxation
from scheduling.week.large.solve import Days, LargeWeek
from scheduling.week.solve import WeekOptions, solve_week
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import ordinary_week, tiny_weeks
from tests.scheduling.week.plain_weeks import DAY, visit, week

SLOW = drawn(60)
STEPS = 100_000


class Plan(NamedTuple):
    days: Days
    bound: int


def large(of: WeekInstance, steps: int = STEPS, seed: int = 0) -> Plan:
    """The plan and the bound after two turns, as for a week that is never listed."""
    found = LargeWeek(of, seed, np.zeros(1, dtype=np.int64))
    for hot in (1.0, 0.3):
        found.search(steps // 2, steps // 2, hot)
        found.choose(steps)
        found.raise_bound(steps // 2)
    return Plan(found.days(), found.relaxed.bound)


def result_of(of: WeekInstance, plan: Plan) -> WeekResult:
    """The plan as a result that the judge can read."""
    made = {stop.id for day in plan.days if day for stop in day.stops}
    left_out = (v.id for v in of.visits if v.id not in made)
    return WeekResult(
        status=Status.FEASIBLE,
        objective=objective_of(of, plan.days),
        bound=plan.bound,
        travel_min=travel_of(of, plan.days),
        days=plan.days,
        unplanned=tuple(UnplannedVisit(id=key, reason=ReasonCode.WEEK_FULL) for key in left_out),
    )


@SLOW
@given(tiny_weeks(length=24, most_visits=6))
def test_a_tiny_week_keeps_every_rule_and_lies_between_bound_and_optimum(of: WeekInstance) -> None:
    expect_rules_kept(of)


@SLOW
@given(tiny_weeks(length=40, most_visits=6, most_days=3))
def test_a_longer_week_keeps_every_rule_and_lies_between_bound_and_optimum(of: WeekInstance) -> None:
    expect_rules_kept(of)


def expect_rules_kept(of: WeekInstance) -> None:
    proved, plan = solve_week(of), large(of)
    if proved.objective is None:
        return
    assert plan.bound <= proved.objective
    result = result_of(of, plan)
    made = {stop.id for day in plan.days if day for stop in day.stops}
    if all(v.id in made for v in of.visits if v.required):
        assert check_week(of, result) == []
        assert result.objective is not None
        assert proved.objective <= result.objective


def test_the_plan_and_the_bound_meet_where_all_visits_fit() -> None:
    """Ten visits at one place 20 minutes away fit into one day; no plan takes less than 2 × 20 of travel."""
    plan = large(week(*(visit(f"v{i}", duration_min=30) for i in range(10)), days=(DAY, DAY)))
    assert plan.bound == 40
    assert planned(plan) == [10, 0]


def test_more_visits_than_can_be_listed_are_planned() -> None:
    """Two days of 510 minutes hold 15 visits of 30 each in addition to travel: 30 of 80 are made."""
    of = week(*(visit(f"v{i:02}", duration_min=30) for i in range(80)), days=(DAY, DAY))
    result = solve_week(of, WeekOptions(work=400_000))
    assert (result.status, result.objective) == (Status.OPTIMAL, 50 * 1000 + 2 * 40)
    assert check_week(of, result) == []


def test_breaks_are_kept_in_a_week_with_too_many_visits_to_list() -> None:
    of = ordinary_week(70, seed=3, max_week_work_min=2100, max_days=4)
    result = solve_week(of, WeekOptions(work=500_000))
    assert check_week(of, result) == []
    assert sum(bool(day and day.breaks) for day in result.days) == 4
    assert 0 < result.bound <= (result.objective or 0)


def test_visits_of_one_group_lie_on_different_days() -> None:
    """Three days remain, each with one of the four visits, so one visit is left out."""
    of = week(*(visit(f"v{i}", group="g") for i in range(4)), days=(DAY, DAY, DAY))
    assert planned(large(of)) == [1, 1, 1]


def test_a_required_visit_takes_the_place_of_dearer_ones() -> None:
    """There is only one hour: the required visit is made, both visits worth 1000 are left out."""
    hour = {"start": 480, "end": 580}
    of = week(visit("a"), visit("b"), visit("must", penalty=0, required=True), days=(hour,))
    (day,) = large(of).days
    assert day is not None
    assert [stop.id for stop in day.stops] == ["must"]


@pytest.mark.parametrize("kept", [(480, 500), (700, 720)])
def test_promises_decide_when_a_visit_is_made(kept: tuple[int, int]) -> None:
    """The day has room for both; only one order, or a wait, keeps the promise of b."""
    promise = {"day": 0, "from": kept[0], "to": kept[1], "cost": 500}
    plan = large(week(visit("a"), visit("b", promise=promise)))
    starts = {stop.id: stop.start for day in plan.days if day for stop in day.stops}
    assert kept[0] <= starts["b"] <= kept[1]
    assert plan.bound == 40


@pytest.mark.parametrize("limits", [{}, {"max_week_work_min": 1800, "max_days": 4}], ids=["free", "limited"])
def test_the_same_seed_gives_the_same_plan(limits: dict[str, int]) -> None:
    of = ordinary_week(30, seed=5, **limits)
    assert large(of) == large(of)


def test_a_week_without_days_or_visits_has_an_empty_plan() -> None:
    assert large(week(days=(DAY,))) == ((None,), 0)
    assert large(week(visit("a"), days=(None,))).bound == 1000


def test_time_that_is_over_still_leaves_a_plan() -> None:
    of = ordinary_week(30, seed=6)
    stopped = LargeWeek(of, 0, np.ones(1, dtype=np.int64))
    stopped.search(STEPS, STEPS, 1.0)
    stopped.raise_bound(STEPS)
    plan = Plan(stopped.days(), stopped.relaxed.bound)
    assert check_week(of, result_of(of, plan)) == []
    assert sum(planned(plan)) >= 15


def planned(plan: Plan) -> list[int]:
    """The number of visits on each day, largest first."""
    return sorted((len(day.stops) if day else 0 for day in plan.days), reverse=True)


def test_a_relaxation_that_fails_keeps_the_prices_of_the_last_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two visits that nobody makes: the prices are their penalties, and the value is their sum."""
    relaxation = LargeRelaxation(week_arrays(week(visit("a"), visit("b"))))
    expected = relaxation.prices()
    assert expected.value == 2 * expected.visit[0] > 0
    monkeypatch.setattr(relaxation.lp, "solve", lambda: None)
    assert relaxation.prices() is expected
