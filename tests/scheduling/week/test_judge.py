"""The kernel's judge reports each corruption with its rule and place, and nothing else."""

from typing import Any

import pytest

from data.base.status import ReasonCode, Status, violation
from scheduling.week.instance import PlannedBreak, PlannedDay, UnplannedVisit, WeekInstance, WeekResult
from scheduling.week.judge import check_week
from scheduling.week.solve import solve_week
from tests.scheduling.week.plain_weeks import DAY, LAW, line, visit, week

ANOTHER = UnplannedVisit(id="x", reason=ReasonCode.WEEK_FULL)


WEEK = week(
    visit("a", 1, windows=[[[500, 520]], [], []]),
    visit("b", 2, 180, windows=[[[700, 700]], [], []], group="g"),
    visit("c", 1, windows=[[], [[500, 600]], []], group="g"),
    visit("d", windows=[[], [], []]),
    days=(DAY, DAY, None),
    travel_min=line(0, 20, 50),
    breaks=LAW,
)
"""Monday has a and b with a break between them, Tuesday c; d is closed."""


@pytest.fixture(scope="module")
def good() -> WeekResult:
    """Monday: leave 500, a 520-580, rest, b 700-880, back 930. Tuesday: leave 480, c 500-560, back 580."""
    result = on_monday(solve_week(WEEK), breaks=(PlannedBreak(start=610, end=700),))
    assert check_week(WEEK, result) == []
    monday, tuesday = day_of(result, 0), day_of(result, 1)
    assert (monday.leave, monday.stops[0].start, monday.back) == (500, 520, 930)
    assert (tuesday.leave, tuesday.back, result.objective) == (480, 580, 100 + 40 + 1000)
    return result


def day_of(result: WeekResult, d: int) -> PlannedDay:
    day = result.days[d]
    assert day is not None
    return day


def with_day(result: WeekResult, d: int, day: PlannedDay | None) -> WeekResult:
    return result.model_copy(update={"days": (*result.days[:d], day, *result.days[d + 1 :])})


def on_monday(result: WeekResult, **changes: Any) -> WeekResult:
    return with_day(result, 0, day_of(result, 0).model_copy(update=changes))


def at_stop(result: WeekResult, s: int, **changes: Any) -> WeekResult:
    """Change one stop of Monday."""
    stops = list(day_of(result, 0).stops)
    stops[s] = stops[s].model_copy(update=changes)
    return on_monday(result, stops=tuple(stops))


def found(result: WeekResult, of: WeekInstance = WEEK) -> list[tuple[str, str]]:
    return [(violation.rule, violation.where) for violation in check_week(of, result)]


def with_limits(**limits: Any) -> WeekInstance:
    return WEEK.model_copy(update=limits)


# Which visits


def test_a_day_too_many(good: WeekResult) -> None:
    assert found(good.model_copy(update={"days": (*good.days, None)})) == [("days", "days")]


def test_a_day_with_visits_but_without_shift(good: WeekResult) -> None:
    moved = with_day(with_day(good, 2, good.days[1]), 1, None)
    assert found(moved) == [("day_off", "days[2]")]


def test_a_day_of_no_visits_that_is_not_null(good: WeekResult) -> None:
    empty = PlannedDay(leave=480, back=480, stops=())
    without = with_day(good, 1, empty).model_copy(
        update={"unplanned": (UnplannedVisit(id="c", reason=ReasonCode.WEEK_FULL), *good.unplanned)}
    )
    assert found(without) == [("empty_day", "days[1]")]


def test_a_visit_that_the_week_does_not_have(good: WeekResult) -> None:
    assert ("unknown_visit", "x") in found(at_stop(good, 0, id="x"))


def test_a_visit_twice(good: WeekResult) -> None:
    assert ("visit_once", "a") in found(at_stop(good, 1, id="a"))


def test_two_visits_of_a_group_on_one_day(good: WeekResult) -> None:
    assert ("group", "b") in found(with_day(at_stop(good, 0, id="c"), 1, None))


def test_a_required_visit_that_is_missing(good: WeekResult) -> None:
    visits = tuple(v.model_copy(update={"required": v.id == "d"}) for v in WEEK.visits)
    assert found(good, with_limits(visits=visits)) == [("required", "d")]


def test_a_visit_neither_planned_nor_named(good: WeekResult) -> None:
    assert found(good.model_copy(update={"unplanned": ()})) == [("accounted_for", "d")]


def test_a_visit_planned_and_named_as_unplanned(good: WeekResult) -> None:
    named = UnplannedVisit(id="a", reason=ReasonCode.WEEK_FULL)
    assert found(good.model_copy(update={"unplanned": (*good.unplanned, named)})) == [("accounted_for", "a")]


@pytest.mark.parametrize("extra", [ANOTHER, UnplannedVisit(id="d", reason=ReasonCode.WEEK_FULL)])
def test_a_visit_named_as_unplanned_that_is_unknown_or_named_twice(
    good: WeekResult, extra: UnplannedVisit
) -> None:
    assert found(good.model_copy(update={"unplanned": (*good.unplanned, extra)})) == [
        ("accounted_for", extra.id)
    ]


# Times


def test_leaving_before_the_shift(good: WeekResult) -> None:
    early = on_monday(at_stop(good, 0, arrive=499), leave=479)
    assert found(early) == [("shift", "days[0]")]


def test_back_after_the_shift(good: WeekResult) -> None:
    assert found(on_monday(good, back=991)) == [("shift", "days[0]")]


def test_a_leg_shorter_than_its_travel(good: WeekResult) -> None:
    # a ends at 580, so b is reached at 610 at the earliest
    assert ("leg", "b") in found(at_stop(good, 1, arrive=609))


def test_a_first_leg_that_does_not_begin_at_leaving(good: WeekResult) -> None:
    assert ("leg", "a") in found(on_monday(good, leave=499))


def test_a_last_leg_shorter_than_its_travel(good: WeekResult) -> None:
    assert ("leg", "days[0]") in found(on_monday(good, back=929))


def test_a_service_before_its_arrival(good: WeekResult) -> None:
    assert found(at_stop(good, 0, start=519, end=579)) == [("arrival", "a")]


@pytest.mark.parametrize("end", [579, 581])
def test_a_service_of_another_length(good: WeekResult, end: int) -> None:
    assert found(at_stop(good, 0, end=end))[0] == ("duration", "a")


def test_a_service_outside_its_windows(good: WeekResult) -> None:
    late = at_stop(good, 0, start=521, end=581)
    assert ("window", "a") in found(late)


# Breaks and work


def test_a_break_shorter_than_a_piece(good: WeekResult) -> None:
    rests = (PlannedBreak(start=610, end=640), PlannedBreak(start=650, end=664))
    assert found(on_monday(good, breaks=rests)) == [("break_piece", "days[0]")]


@pytest.mark.parametrize("start", [580, 665, 520, 930], ids=["leg", "into b", "service", "after the return"])
def test_a_break_while_driving_serving_or_off_duty(good: WeekResult, start: int) -> None:
    rests = (PlannedBreak(start=start, end=start + 40),)
    assert ("break_place", "days[0]") in found(on_monday(good, breaks=rests))


def test_breaks_that_overlap(good: WeekResult) -> None:
    rests = (PlannedBreak(start=610, end=650), PlannedBreak(start=640, end=690))
    assert found(on_monday(good, breaks=rests)) == [("breaks_disjoint", "days[0]")]


def test_breaks_that_are_too_short_in_all(good: WeekResult) -> None:
    # 450 min of duty minus 29 are more than 360 of work
    rests = (PlannedBreak(start=610, end=639),)
    assert found(on_monday(good, breaks=rests)) == [("break_total", "days[0]")]


def test_a_stretch_that_is_too_long(good: WeekResult) -> None:
    short = with_limits(
        breaks=WEEK.breaks.model_copy(update={"max_stretch_min": 229}) if WEEK.breaks else None
    )
    # from the break's end at 700 to the return at 930: 230
    assert found(good, short) == [("max_stretch_min", "days[0]")]


@pytest.mark.parametrize(("first_min", "broken"), [(130, []), (131, [("first_min", "days[0]")])])
def test_a_break_that_begins_too_early(good: WeekResult, first_min: int, broken: list[Any]) -> None:
    assert WEEK.breaks is not None
    # the break begins at 610, the shift at 480
    late = with_limits(breaks=WEEK.breaks.model_copy(update={"first_min": first_min}))
    assert found(good, late) == broken


@pytest.mark.parametrize(
    ("off", "broken"),
    [
        ((580, 581), True),  # the leg to b, 580–610
        ((519, 521), True),  # the service of a
        ((699, 701), True),  # break and service of b
        ((610, 611), True),  # the break
        ((929, 931), True),  # the way home
        ((499, 500), False),  # before leaving
        ((930, 990), False),  # after the return
    ],
)
def test_what_overlaps_a_time_off(good: WeekResult, off: tuple[int, int], broken: bool) -> None:
    monday = WEEK.days[0]
    assert monday is not None
    days = (monday.model_copy(update={"off": (off,)}), *WEEK.days[1:])
    assert {rule for rule, _ in found(good, with_limits(days=days))} == ({"off"} if broken else set())


def test_a_leg_from_where_the_visit_before_did_not_end(good: WeekResult) -> None:
    """From the base b takes 50 min, so 580 + 50 is after the arrival at 610; and it is 20 min more in all."""
    visits = tuple(v.model_copy(update={"leave_node": 0 if v.id == "a" else None}) for v in WEEK.visits)
    assert found(good, with_limits(visits=visits))[0] == ("leg", "b")


def test_breaks_where_there_are_none(good: WeekResult) -> None:
    assert found(good, with_limits(breaks=None)) == [("breaks", "days[0]")]


def test_too_much_work_on_a_day(good: WeekResult) -> None:
    # Monday: 930 - 480 - 90 = 360
    assert found(good, with_limits(max_work_min=360)) == []
    assert found(good, with_limits(max_work_min=359)) == [("max_work_min", "days[0]")]


def test_too_much_work_in_the_week(good: WeekResult) -> None:
    # 360 + 100 = 460
    assert found(good, with_limits(max_week_work_min=460)) == []
    assert found(good, with_limits(max_week_work_min=459)) == [("max_week_work_min", "week")]


def test_too_many_days(good: WeekResult) -> None:
    assert found(good, with_limits(max_days=2)) == []
    assert found(good, with_limits(max_days=1)) == [("max_days", "week")]


# Figures


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"objective": 1139, "bound": 1139}, "objective"),
        ({"objective": None}, "objective"),
        ({"travel_min": 139}, "travel_min"),
        ({"bound": 1139}, "optimal"),
    ],
)
def test_a_figure_that_is_not_so(good: WeekResult, changes: dict[str, Any], rule: str) -> None:
    assert rule in [rule for rule, _ in found(good.model_copy(update=changes))]


def test_a_bound_above_the_objective(good: WeekResult) -> None:
    above = good.model_copy(update={"status": Status.FEASIBLE, "bound": 1141})
    assert found(above) == [("bound", "week")]


@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.UNKNOWN])
def test_a_plan_that_says_there_is_none(good: WeekResult, status: Status) -> None:
    assert found(good.model_copy(update={"status": status})) == [("status", "week")]


def test_a_week_without_a_plan_is_not_judged() -> None:
    assert check_week(WEEK, WeekResult(status=Status.UNKNOWN)) == []


def test_a_violation_says_what_is_wrong(good: WeekResult) -> None:
    (found,) = check_week(with_limits(max_work_min=359), good)
    assert found == violation("max_work_min", "days[0]", "judged_work", work_min=360, most=359)
