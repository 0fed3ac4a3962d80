"""How limits and workers affect a week, and what they must not change; weeks too large to list."""

import pytest

from data.base.status import Status
from scheduling.week.instance import WeekInstance, WeekResult
from scheduling.week.judge import check_week
from scheduling.week.solve import WeekOptions, solve_week
from tests.scheduling.week.drawn_weeks import ordinary_week
from tests.scheduling.week.plain_weeks import DAY, visit, week


def untimed(result: WeekResult) -> WeekResult:
    return result.model_copy(update={"seconds": 0.0})


def result_of(of: WeekInstance, options: WeekOptions) -> WeekResult:
    """A result that passes the judge."""
    result = solve_week(of, options)
    assert check_week(of, result) == []
    return untimed(result)


@pytest.mark.parametrize("limits", [{}, {"max_week_work_min": 1200, "max_days": 3}], ids=["free", "limited"])
def test_workers_change_nothing(limits: dict[str, int]) -> None:
    of = ordinary_week(12, seed=1, **limits)
    alone = result_of(of, WeekOptions(workers=1))
    assert result_of(of, WeekOptions(workers=2)) == alone == result_of(of, WeekOptions(workers=4))


def test_the_seed_changes_nothing_where_the_week_is_proved() -> None:
    of = ordinary_week(12, seed=1)
    assert result_of(of, WeekOptions(seed=5)) == result_of(of, WeekOptions())


@pytest.mark.parametrize("work", [1, 100, 10_000])
def test_under_a_limit_on_work_the_answer_is_the_same_and_says_so(work: int) -> None:
    of = ordinary_week(14, seed=2, max_week_work_min=900)
    first = result_of(of, WeekOptions(work=work))
    assert (first.status, first.stopped) == (Status.FEASIBLE, "work")
    assert result_of(of, WeekOptions(work=work, workers=2)) == first


def test_a_week_not_listed_within_its_work_may_still_be_proved() -> None:
    """The first day alone exceeds its share of the work, but the bound by relaxed routes equals the plan."""
    visits = [visit(f"v{i}", duration_min=30, windows=[[[480, 900]], []]) for i in range(10)]
    of = week(*visits, visit("w", windows=[[], [[480, 900]]]), days=(DAY, DAY))
    result = result_of(of, WeekOptions(work=40_000))
    assert (result.status, result.stopped, result.objective) == (Status.OPTIMAL, None, 80)


def test_a_limit_that_is_not_reached_leaves_the_proof() -> None:
    of = ordinary_week(12, seed=1)
    assert result_of(of, WeekOptions(seconds=3600, work=10**9)) == result_of(of, WeekOptions())


@pytest.mark.parametrize("visits", [14, 20])
def test_a_second_that_is_over_at_once_still_leaves_a_plan(visits: int) -> None:
    of = ordinary_week(visits, seed=3)
    result = result_of(of, WeekOptions(seconds=1e-6))
    assert (result.status, result.stopped) == (Status.FEASIBLE, "seconds")


def test_required_visits_may_stay_without_an_answer() -> None:
    """Nothing is claimed for a week that was not searched completely."""
    at_nine = {"windows": [[[540, 540]]], "required": True}
    result = solve_week(week(visit("a", **at_nine), visit("b", **at_nine)), WeekOptions(work=1))
    assert (result.status, result.stopped, result.days) == (Status.UNKNOWN, "work", ())


def test_without_reasons_the_plan_is_the_same() -> None:
    of = ordinary_week(14, seed=2, max_week_work_min=900)
    with_reasons, without = solve_week(of), solve_week(of, WeekOptions(reasons=False))
    assert with_reasons.unplanned and not without.unplanned
    assert (without.status, without.objective) == (with_reasons.status, with_reasons.objective)
    assert without.days == with_reasons.days


@pytest.mark.parametrize("options", [{"seconds": 0}, {"seconds": -1.5}, {"work": 0}, {"workers": 0}])
def test_limits_are_positive(options: dict[str, float]) -> None:
    (name,) = options
    with pytest.raises(ValueError, match=f"^{name} must be positive, got"):
        WeekOptions(**options)  # type: ignore[arg-type]


# Weeks too large to list

SOME = WeekOptions(work=300_000)
"""Too little to list 40 visits or more, but enough for a dozen rounds of the search for large weeks."""


@pytest.mark.parametrize("visits", [40, 60])
def test_a_large_week_keeps_every_rule(visits: int) -> None:
    result = result_of(ordinary_week(visits, seed=4, max_week_work_min=2100, max_days=4), SOME)
    assert (result.status, result.stopped) == (Status.FEASIBLE, "work")
    assert sum(day is not None for day in result.days) == 4
    assert sum(len(day.stops) for day in result.days if day) >= 14


def test_a_large_week_is_the_same_for_the_same_seed() -> None:
    of = ordinary_week(40, seed=5)
    assert result_of(of, SOME) == result_of(of, SOME)


def test_a_large_week_gets_better_the_longer_it_is_searched() -> None:
    of = ordinary_week(40, seed=6)
    short, long = (result_of(of, WeekOptions(work=work)).objective for work in (1000, 1_000_000))
    assert short is not None
    assert long is not None
    assert long < short


def test_a_large_week_makes_required_visits_that_are_cheap_to_leave_out() -> None:
    far = visit("far", penalty=0, duration_min=30, required=True)
    near = [visit(f"v{i:02}", 0, 30, penalty=0) for i in range(20)]
    result = result_of(week(far, *near), SOME)
    assert result.objective == 40


def test_a_large_week_finds_places_for_visits_beside_days_that_are_full() -> None:
    # two days of 8 one-hour visits each: two rounds fill them, and 16 of the 24 visits are made
    of = week(*(visit(f"v{i:02}", 0, 60) for i in range(24)), days=(DAY, DAY))
    assert result_of(of, SOME).objective == 8 * 1000


def test_a_large_week_with_too_little_room_for_what_is_required_has_no_answer() -> None:
    at_nine = {"windows": [[[540, 540]]], "required": True}
    result = solve_week(week(*(visit(f"v{i:02}", **at_nine) for i in range(30))), WeekOptions(work=5))
    assert (result.status, result.stopped) == (Status.UNKNOWN, "work")
