"""Whether the week's limit on work can be broken at all, to the minute."""

from typing import Any

import pytest

from scheduling.week.day.arrays import week_limit_can_bind
from tests.scheduling.week.plain_weeks import LAW, planned, solved, visit, week

SHORT = {"start": 480, "end": 580}
LONG = {"start": 480, "end": 880}
RUNNING = SHORT | {"so_far": {"work_min": 50, "break_min": 0, "stretch_from": 430}}


@pytest.mark.parametrize(
    ("fields", "most"),
    [
        ({"days": (SHORT,)}, 100),
        ({"days": (SHORT, None, SHORT)}, 200),
        ({"days": (RUNNING,)}, 150),
        ({"days": (SHORT,), "max_work_min": 90}, 90),
        # 50 are done, more than a day may have
        ({"days": (RUNNING,), "max_work_min": 40}, 50),
        ({"days": (LONG,)}, 400),
        # more than 360 min of work ask for 30 of breaks: 400 - 30
        ({"days": (LONG,), "breaks": LAW}, 370),
    ],
)
def test_a_limit_can_bind_from_one_minute_below_the_most_work(fields: dict[str, Any], most: int) -> None:
    assert week_limit_can_bind(week(**fields, max_week_work_min=most - 1))
    assert not week_limit_can_bind(week(**fields, max_week_work_min=most))


@pytest.mark.parametrize(("limit", "made"), [(100, [["a"]]), (99, [None])])
def test_a_visit_that_fills_the_shift_is_left_out_where_the_week_is_a_minute_short(
    limit: int, made: list[Any]
) -> None:
    assert planned(solved(week(visit("a"), days=(SHORT,), max_week_work_min=limit))) == made


@pytest.mark.parametrize(("limit", "made"), [(250, [["a"], None]), (249, [None, None])])
def test_work_done_past_the_limit_of_its_day_counts_for_the_week(limit: int, made: list[Any]) -> None:
    """100 min on Monday, and 150 behind the buddy on Tuesday, when no more than 100 are allowed."""
    worked = RUNNING | {"so_far": {"work_min": 150, "break_min": 0, "stretch_from": 330}}
    of = week(visit("a"), days=(SHORT, worked), max_work_min=100, max_week_work_min=limit)
    assert planned(solved(of)) == made
