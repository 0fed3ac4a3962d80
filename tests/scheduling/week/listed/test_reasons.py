"""Why a visit is not in the week: each reason in its smallest case, and the price of making the visit.

Node 1 is 20 minutes from the base and a day lasts from 480 to 990, unless a test says otherwise.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given

from data.base.status import ReasonCode, Status
from scheduling.week.instance import UnplannedVisit, WeekInstance
from scheduling.week.listed.reasons import explained
from scheduling.week.listed.search import Chosen
from scheduling.week.listed.solve import ListedWeek
from scheduling.week.solve import WeekOptions, solve_week
from tests.brute_force import best_week
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import tiny_weeks
from tests.scheduling.week.plain_weeks import DAY, LAW, line, reasons, solved, visit, week

AT_NINE: dict[str, Any] = {"windows": [[[540, 540]]]}


def unplanned(of: WeekInstance) -> UnplannedVisit:
    """The only visit that a solved week leaves out."""
    (found,) = solved(of).unplanned
    return found


def test_no_day_is_open() -> None:
    found = unplanned(week(visit("a", windows=[[], [[480, 900]]]), days=(DAY, None)))
    assert (found.reason, found.detail) == (ReasonCode.NO_DAY_OPEN, "no window on any working day")


def test_there_and_back_does_not_fit_into_any_open_day() -> None:
    # 480 + 240 + 60 + 240 = 1020
    found = unplanned(week(visit("a"), travel_min=line(0, 240)))
    assert found.reason is ReasonCode.OUT_OF_REACH


def test_a_window_that_no_arrival_meets_is_out_of_reach_too() -> None:
    assert reasons(solved(week(visit("a", windows=[[[480, 499]]])))) == {"a": "out_of_reach"}


@pytest.mark.parametrize(
    ("off", "reason"),
    [
        ([[500, 700]], "out_of_reach"),  # the window is off, but for its first minute
        ([[499, 699]], "out_of_reach"),  # there at 719 at the earliest
        ([[580, 990]], "out_of_reach"),  # the service ends at 560 + 60, when all is off
    ],
)
def test_time_off_leaves_no_minute_of_the_window(off: list[list[int]], reason: str) -> None:
    visits = visit("a", windows=[[[520, 560]]])
    assert reasons(solved(week(visits, days=(DAY | {"off": off},)))) == {"a": reason}


def test_breaks_leave_no_time() -> None:
    # 20 + 400 + 20 = 440 fit into the day, but 361 or more at one place require a break in the middle
    assert reasons(solved(week(visit("a", duration_min=400), breaks=LAW))) == {"a": "breaks_or_work"}


def test_the_limit_on_work_leaves_no_time() -> None:
    assert reasons(solved(week(visit("a"), max_work_min=99))) == {"a": "breaks_or_work"}


def test_the_week_is_full_of_required_visits() -> None:
    found = unplanned(week(visit("a", required=True, **AT_NINE), visit("b", **AT_NINE)))
    assert (found.reason, found.price) == (ReasonCode.WEEK_FULL, None)


def test_the_week_is_full_where_its_limits_are_spent() -> None:
    alone = {"required": True, "windows": [[[540, 540]], []]}
    of = week(visit("a", **alone), visit("b", windows=[[], [[540, 540]]]), days=(DAY, DAY), max_days=1)
    assert reasons(solved(of)) == {"b": "week_full"}


def test_a_visit_is_not_worth_its_travel() -> None:
    found = unplanned(week(visit("a", penalty=35)))
    # 20 + 20 of travel instead of 35
    assert (found.reason, found.price, found.displaces) == (ReasonCode.NOT_WORTH_TRAVEL, 5, ())
    assert found.detail == "would cost 5 more"


def test_a_visit_would_push_others_out() -> None:
    found = unplanned(week(visit("a", **AT_NINE), visit("b", penalty=300, **AT_NINE)))
    # b at nine costs 40 + 1000 instead of 40 + 300
    assert (found.reason, found.price, found.displaces) == (ReasonCode.DISPLACES, 700, ("a",))
    assert found.detail == "would cost 700 more and push out a"


def test_a_promise_to_whom_would_be_pushed_out_is_in_the_price() -> None:
    promise = {"day": 0, "from": 540, "to": 540, "cost": 50}
    found = unplanned(week(visit("a", promise=promise, **AT_NINE), visit("b", penalty=300, **AT_NINE)))
    assert found.price == 700 + 50


def test_reasons_stand_in_the_order_of_the_visits() -> None:
    closed = {"windows": [[]]}
    of = week(visit("b", **closed), visit("c"), visit("a", **closed))
    assert [found.id for found in solved(of).unplanned] == ["b", "a"]


def test_a_week_that_is_not_listed_in_full_still_tells_what_no_day_can_hold() -> None:
    many = [visit(f"v{i}", 1, 5) for i in range(8)]
    of = week(visit("a", windows=[[]]), visit("b", 2), *many, travel_min=line(0, 1, 300))
    result = solve_week(of, WeekOptions(work=20))
    assert (result.status, reasons(result)) == (Status.FEASIBLE, {"a": "no_day_open", "b": "out_of_reach"})


@drawn(60)
@given(tiny_weeks(most_visits=4, length=16))
def test_every_reason_is_exact(of: WeekInstance) -> None:
    result = solve_week(of)
    assume(result.status is Status.OPTIMAL)
    assert result.objective is not None
    for left_out in result.unplanned:
        forced = with_required(of, left_out.id)
        dearer = best_week(forced)
        if left_out.price is not None:
            assert dearer == result.objective + left_out.price
            assert "at most" not in left_out.detail
            continue
        assert dearer is None
        alone = best_week(with_required(forced, left_out.id, but_only=True))
        # Only a full week has room for the visit if nothing else is required.
        assert (alone is not None) <= (left_out.reason is ReasonCode.WEEK_FULL)


def with_required(of: WeekInstance, key: str, but_only: bool = False) -> WeekInstance:
    """The week with one more visit required, or with only that one."""
    visits = tuple(
        v.model_copy(update={"required": v.id == key or (v.required and not but_only)}) for v in of.visits
    )
    return of.model_copy(update={"visits": visits})


def test_a_better_plan_that_a_reason_brings_to_light_is_taken() -> None:
    """The given plan leaves out a visit that would cost 40 minutes of travel and save a penalty of 100."""
    of = week(visit("a", penalty=100), visit("b", penalty=0, windows=[[]]))
    listed = ListedWeek(of, np.zeros(1, dtype=np.int64))
    plan, left_out = explained(listed, Chosen(100, ()))
    assert (plan.objective, listed.visits_of(plan)) == (40, {0})
    assert [(each.id, each.reason) for each in left_out] == [("b", ReasonCode.NO_DAY_OPEN)]
