"""One buddy's week as a kernel instance, and the kernel's result as a week plan.

The week is W48 of 2026, Monday 23 November; Anna works 480-1020 on five days, when companies are open too.
"""

from datetime import date
from typing import Any

import pytest

from data.base.status import ReasonCode, Status
from data.model.calendar import Calendar
from data.model.dated import Availability
from data.model.policy import Policy
from data.model.problem import Point, Problem
from data.model.vocabulary import CareMode
from scheduling.cadence.choose import DueVisit
from scheduling.plan.model import BuddyWeek, WeekModel
from scheduling.plan.result import week_plan
from scheduling.week.instance import LEGAL_BREAKS, WeekInstance
from scheduling.week.solve import solve_week
from tests.builders import FIVE_DAYS, WEEK, WORKDAY, buddy, company, problem, times

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
SUNDAY = date(2026, 11, 29)
NEAR = Point(lat=52.331, lon=11.632)  # 0.2 degrees: 20 minutes and 20 km


def due(key: str = "v1", place: str = "c1", **fields: Any) -> DueVisit:
    given = {
        "id": key,
        "company": place,
        "place": place,
        "mode": CareMode.VISIT,
        "minutes": 60,
        "priority": 3,
    }
    return DueVisit(**given | fields)


def built(*visits: DueVisit, anna: dict[str, Any] | None = None, **fields: Any) -> BuddyWeek:
    """Anna's week with some visits due."""
    return model_of(programme(anna, **fields)).build("anna", WEEK, visits)


def programme(anna: dict[str, Any] | None = None, **fields: Any) -> Problem:
    own = fields.pop("companies", (company("c1", NEAR), company("c2", NEAR)))
    return problem((buddy("anna", **(anna or {})),), own, **fields)


def model_of(of: Problem) -> WeekModel:
    return WeekModel(of, times(of), Calendar(of))


def instance(*visits: DueVisit, anna: dict[str, Any] | None = None, **fields: Any) -> WeekInstance:
    return built(*visits, anna=anna, **fields).instance


def closed(who: str, first: date, last: date) -> Availability:
    return Availability(who=who, first=first, last=last)


# The instance


def test_node_0_is_the_base_and_every_place_has_one_node() -> None:
    week = built(due("v1"), due("v2"), due("v3", "c2"))
    assert week.nodes == ("anna", "c1", "c2")
    assert [visit.node for visit in week.instance.visits] == [1, 1, 2]
    assert week.instance.travel_min == ((0, 20, 20), (20, 0, 0), (20, 0, 0))


def test_the_law_on_breaks_and_ten_hours_hold() -> None:
    week = instance(due(), anna={"max_days_per_week": 3})
    assert (week.breaks, week.max_work_min, week.max_days) == (
        LEGAL_BREAKS.model_copy(update={"first_min": 120}),
        600,
        3,
    )


def test_the_policy_says_when_the_first_break_may_begin() -> None:
    week = instance(due(), policy=Policy(first_break_after_min=0))
    assert week.breaks == LEGAL_BREAKS


def test_a_service_starts_early_enough_to_end_within_the_opening() -> None:
    # 1020 - 60 = 960
    assert instance(due()).visits[0].windows == (((480, 960),),) * 5 + ((),) * 2


@pytest.mark.parametrize(("minutes", "windows"), [(90, ((600, 600),)), (91, ())])
def test_an_opening_shorter_than_the_visit_is_none(minutes: int, windows: tuple[Any, ...]) -> None:
    short = company("c1", NEAR, opening=(((600, 690),),) * 7)
    assert instance(due(minutes=minutes), companies=(short,)).visits[0].windows[0] == windows


def test_a_day_on_which_the_company_is_closed_has_no_windows() -> None:
    week = instance(due(), availability=(closed("c1", TUESDAY, TUESDAY),))
    assert [bool(windows) for windows in week.visits[0].windows] == [
        True,
        False,
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_request_is_possible_until_its_last_day() -> None:
    week = instance(due(last_day=WEDNESDAY))
    assert [bool(windows) for windows in week.visits[0].windows] == [True] * 3 + [False] * 4


def test_an_appointment_is_required_at_its_minute_even_if_the_company_is_closed() -> None:
    week = instance(due(start=(TUESDAY, 1100)), availability=(closed("c1", MONDAY, WEDNESDAY),))
    assert week.visits[0].required
    assert week.visits[0].windows == ((), ((1100, 1100),)) + ((),) * 5


def test_contacts_of_one_care_row_are_not_on_one_day_requests_and_appointments_aside() -> None:
    week = instance(
        due("v1", care=0), due("v2", care=0), due("v3", care=1), due("v4"), due("v5", start=(MONDAY, 600))
    )
    assert [visit.group for visit in week.visits] == ["c1#0", "c1#0", "c1#1", None, None]


def test_leaving_a_visit_out_costs_more_than_any_travel() -> None:
    # priority 3 times 7; 5 days of 540 minutes hold less than 2701 of travel
    assert instance(due()).visits[0].penalty == 3 * 7 * (5 * 540 + 1)


def test_urgent_and_overdue_visits_weigh_more() -> None:
    week = instance(due("v1"), due("v2", priority=5), due("v3", overdue_days=14))
    unit = 5 * 540 + 1
    assert [visit.penalty // unit for visit in week.visits] == [3 * 7, 5 * 7, 3 * (7 + 14)]


# Shifts and the contract


def test_days_of_absence_and_holidays_are_null() -> None:
    week = instance(due(), availability=(closed("anna", TUESDAY, WEDNESDAY),))
    assert [day is None for day in week.days] == [False, True, True, False, False, True, True]


def test_a_late_shift_ends_eleven_hours_before_the_next() -> None:
    # Tuesday begins at 480: 1440 + 480 - 660 = 1260. After Tuesday there is a day off.
    late = (((780, 1320),), ((480, 1320),), (), WORKDAY, WORKDAY, (), ())
    week = instance(due(), anna={"shifts": late})
    assert [day.end if day else None for day in week.days] == [1260, 1320, None, 1020, 1020, None, None]


def test_the_rest_before_the_monday_after_is_kept_too() -> None:
    # a rule opens Sunday; Monday begins at 480, so Sunday ends by 1260
    sunday = Availability(who="anna", first=SUNDAY, last=SUNDAY, hours=(900, 1400), open=True)
    days = instance(due(), availability=(sunday,)).days
    assert days[6] is not None
    assert days[6].end == 1260


@pytest.mark.parametrize(
    ("anna", "away", "expected"),
    [
        ({}, None, 2160),  # 2400 minus 10 %
        ({"desk_work_min": 160}, None, 2000),
        ({}, (TUESDAY, WEDNESDAY), 1296),  # 3 of 5 days: 2160 * 3 / 5
        ({"desk_work_min": 160}, (TUESDAY, WEDNESDAY), 1200),
        ({}, (MONDAY, SUNDAY), 0),
        ({"week_work_min": 100, "desk_work_min": 200}, None, 0),
        ({"max_days_per_week": 3}, (TUESDAY, WEDNESDAY), 2160),  # three days are left
        ({"max_days_per_week": 3}, (MONDAY, WEDNESDAY), 1440),  # 2 of 3 days
        ({"shifts": (*FIVE_DAYS[:6], WORKDAY)}, None, 2160),  # Sundays are not working days
    ],
)
def test_the_week_s_work_is_the_contract_less_desk_work_and_reserve(
    anna: dict[str, int], away: tuple[date, date] | None, expected: int
) -> None:
    rules = (closed("anna", *away),) if away else ()
    assert instance(due(), anna=anna, availability=rules).max_week_work_min == expected


def test_who_has_no_usual_days_works_when_a_rule_opens_one() -> None:
    irregular = {"shifts": ((),) * 7}
    opened = Availability(who="anna", first=MONDAY, last=MONDAY, hours=(480, 960), open=True)
    assert instance(due(), anna=irregular).max_week_work_min == 0
    assert instance(due(), anna=irregular, availability=(opened,)).max_week_work_min == 2160


def test_calls_take_minutes_of_the_week_and_no_place_in_a_route() -> None:
    week = built(due("v1"), due("v2", mode=CareMode.CALL, minutes=20), due("v3", mode=CareMode.VIDEO))
    assert (week.calls.minutes, list(week.visits)) == (80, ["v1"])
    assert week.instance.max_week_work_min == 2160 - 80


# The result


def test_a_result_comes_back_in_the_programme_s_words() -> None:
    model = model_of(programme())
    week = model.build("anna", WEEK, (due("v1"), due("v2", "c2")))
    plan = week_plan(model.times, week, solve_week(week.instance))
    (day,) = (day for day in plan.days if day is not None)
    # 20 there, 0 between the two, 20 back; visits of 60 + 60
    assert (day.travel_min, day.distance_m, day.work_min) == (40, 40_000, 160)
    assert sorted((stop.id, stop.place) for stop in day.stops) == [("v1", "c1"), ("v2", "c2")]
    assert (plan.status, plan.objective, plan.bound, plan.travel_min) == (Status.OPTIMAL, 40, 40, 40)


def test_what_would_be_pushed_out_is_named_by_its_place() -> None:
    """Monday has 120 minutes: 20 + 60 + 20 of them for the one visit that is more urgent."""
    model = model_of(programme({"shifts": (((480, 600),), *FIVE_DAYS[1:])}))
    visits = (due("v1", "c1", last_day=MONDAY), due("v2", "c2", last_day=MONDAY, priority=4))
    week = model.build("anna", WEEK, visits)
    (left_out,) = week_plan(model.times, week, solve_week(week.instance)).unplanned
    assert (left_out.id, left_out.company) == ("v1", "c1")
    assert (left_out.reason.code, left_out.reason.displaced) == (ReasonCode.DISPLACES, ("c2",))


def test_a_week_without_an_answer_leaves_everything_unplanned() -> None:
    model = model_of(programme())
    week = model.build("anna", WEEK, (due("v1", start=(MONDAY, 600)), due("v2", "c2", start=(MONDAY, 600))))
    result = solve_week(week.instance)
    plan = week_plan(model.times, week, result, result.clash)
    assert (plan.status, plan.days, plan.clash) == (Status.INFEASIBLE, (None,) * 7, ("v1", "v2"))
    assert [left_out.id for left_out in plan.unplanned] == ["v1", "v2"]
    assert plan.objective == sum(visit.penalty for visit in week.instance.visits)
