"""What is settled of a published week at a moment, and where the rest of the day begins."""

from datetime import date

import pytest

from data.base.status import Status
from data.results.solution import Break, DayRoute, Stop, WeekPlan
from scheduling.plan.settled import SettledWeek, settle
from scheduling.week.instance import Day, SoFar
from tests.builders import WEEK

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
SHIFTS = (*(Day(start=480, end=990) for _ in range(5)), None, None)


def stop(key: str, place: str, arrive: int) -> Stop:
    return Stop(id=key, place=place, arrive=arrive, start=arrive, end=arrive + 60)


ROUTE = DayRoute(
    leave=500,
    back=740,
    work_min=230,
    travel_min=80,
    distance_m=80_000,
    stops=(stop("v1", "c1", 520), stop("v2", "c2", 650)),
    breaks=(Break(start=580, end=610),),
)
"""Monday: 20 to c1, an hour, a break of 30, 40 to c2, an hour, 30 home; 260 from 480 on, minus the break."""


def minutes(a: str, b: str) -> int:
    return (
        0 if a == b else {("anna", "c1"): 20, ("c1", "c2"): 40, ("c2", "anna"): 30, ("c1", "anna"): 20}[a, b]
    )


def stands(day: date, minute: int, **options: object) -> SettledWeek:
    plan = WeekPlan(
        buddy="anna", week=WEEK, status=Status.OPTIMAL, objective=80, bound=80, travel_min=80,
        days=(ROUTE, None, None, None, None, None, None),
    )  # fmt: skip
    return settle(plan, SHIFTS, (day, minute), minutes, ["anna"] * 7, **options)  # type: ignore[arg-type]


def test_a_week_that_has_not_begun_is_open() -> None:
    found = stands(date(2026, 11, 20), 700)
    assert (found.days, found.over, found.under_way) == (SHIFTS, (None,) * 7, None)


def test_a_day_that_is_over_keeps_its_route() -> None:
    found = stands(TUESDAY, 400)
    assert found.over[0] == ROUTE
    assert found.days == (None, *SHIFTS[1:])
    assert (found.spent_work_min, found.used_days) == (230, 1)


def test_a_buddy_who_is_back_has_done_the_day() -> None:
    assert stands(MONDAY, 740).over[0] == ROUTE
    assert stands(MONDAY, 739).over[0] is None


def test_a_stop_that_the_buddy_drives_to_is_settled() -> None:
    """At 600 the buddy rests after v1; at 611 the drive to v2 has begun, which ends at 710."""
    here = stands(MONDAY, 600).under_way
    assert here and here.settled
    assert ([each.id for each in here.settled.stops], here.place, here.until) == (["v1"], "c1", 610)
    here = stands(MONDAY, 611).under_way
    assert here and here.settled
    assert ([each.id for each in here.settled.stops], here.place, here.until) == (["v1", "v2"], "c2", 710)


@pytest.mark.parametrize(
    ("moment", "settled", "until"),
    [
        (499, [], 499),
        (500, ["v1"], 580),
        (501, ["v1"], 580),
        (609, ["v1"], 610),
        (610, ["v1", "v2"], 710),
        (611, ["v1", "v2"], 710),
    ],
)
def test_a_stop_is_settled_from_the_minute_of_leaving_for_it(
    moment: int, settled: list[str], until: int
) -> None:
    """The buddy leaves for v1 at 520 - 20 = 500, and for v2 at 650 - 40 = 610, when the break ends."""
    here = stands(MONDAY, moment).under_way
    assert here
    assert [each.id for each in (here.settled.stops if here.settled else ())] == settled
    assert (here.place, here.until) == (("anna", "c1", "c2")[len(settled)], until)


def test_what_was_worked_counts() -> None:
    """At 600: from 480 to 610, when the break ends, minus its 30 minutes."""
    found = stands(MONDAY, 600)
    assert found.days[0] == Day(
        start=610, end=990, so_far=SoFar(work_min=100, break_min=30, stretch_from=610)
    )


def test_before_leaving_only_time_has_passed() -> None:
    found = stands(MONDAY, 490)
    assert found.under_way and found.under_way.settled is None
    assert found.days[0] == Day(start=490, end=990, so_far=SoFar(work_min=10, break_min=0, stretch_from=480))
    assert stands(MONDAY, 480).under_way is None


def test_running_late_moves_where_the_rest_begins() -> None:
    here = stands(MONDAY, 540, late_min=25).under_way
    assert here and here.until == 580 + 25


@pytest.mark.parametrize(("moment", "until"), [(580, 580), (581, 610)])
def test_a_break_is_settled_from_the_minute_after_its_start(moment: int, until: int) -> None:
    here = stands(MONDAY, moment).under_way
    assert here and here.until == until


def test_a_day_of_which_nothing_is_left_is_over() -> None:
    """Nothing was made by 490; who is free by 990, when the shift ends, has a day of no length."""
    day = stands(MONDAY, 490, late_min=500).days[0]
    assert day and (day.start, day.end) == (990, 990)
    found = stands(MONDAY, 490, late_min=501)
    assert (found.days[0], found.over[0]) == (None, None)


def test_the_shift_grows_by_the_way_home_where_it_must() -> None:
    """Free at 610 + 370 = 980, and 20 minutes from home: 1000 is after the end at 990."""
    day = stands(MONDAY, 600, late_min=370).days[0]
    assert day and (day.start, day.end) == (980, 1000)


def test_who_is_away_goes_home_after_the_stop_under_way() -> None:
    """v1 ends at 580, and home is 20 minutes away: 600 − 480 of work, no break yet at 550."""
    found = stands(MONDAY, 550, away={MONDAY, TUESDAY})
    over = found.over[0]
    assert over and ([each.id for each in over.stops], over.back, over.work_min) == (["v1"], 600, 120)
    assert found.days[:3] == (None, None, SHIFTS[2])


def test_who_is_away_before_leaving_has_no_route() -> None:
    found = stands(MONDAY, 470, away={MONDAY})
    assert (found.over[0], found.days[0]) == (None, None)


# Time off

WITH_OFF = (Day(start=480, end=990, off=((540, 550), (700, 760), (900, 930))), *SHIFTS[1:])


def at(minute: int, **options: object) -> SettledWeek:
    plan = WeekPlan(
        buddy="anna", week=WEEK, status=Status.OPTIMAL, objective=80, bound=80, travel_min=80,
        days=(ROUTE, None, None, None, None, None, None),
    )  # fmt: skip
    return settle(plan, WITH_OFF, (MONDAY, minute), minutes, ["anna"] * 7, **options)  # type: ignore[arg-type]


def test_time_off_behind_the_buddy_is_no_work() -> None:
    """At 600 the break lasts until 610: 130 from 480 on, minus 10 off and the break of 30."""
    so_far = SoFar(work_min=90, break_min=30, off_min=10, stretch_from=610)
    assert at(600).days[0] == Day(start=610, end=990, off=((700, 760), (900, 930)), so_far=so_far)


def test_who_is_free_while_off_duty_goes_on_at_its_end() -> None:
    found = at(600, late_min=100)
    assert found.under_way and found.under_way.until == 760
    assert found.under_way.off == (Break(start=540, end=550), Break(start=700, end=760))
    so_far = SoFar(work_min=180, break_min=30, off_min=70, stretch_from=760)
    assert found.days[0] == Day(start=760, end=990, off=((900, 930),), so_far=so_far)


def test_who_is_away_goes_home_after_the_time_off() -> None:
    """v2 ends at 710, but late: at 890, so the way home of 30 min waits for 930: 960 − 480 − 30 − 100 off."""
    over = at(700, away={MONDAY}, late_min=180).over[0]
    assert over and (over.back, over.work_min) == (960, 480 - 30 - 100)
    assert over.off == tuple(Break(start=a, end=b) for a, b in ((540, 550), (700, 760), (900, 930)))
