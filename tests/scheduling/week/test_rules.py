"""Each rule of the week instance separately: once just kept, once just broken.

Node 1 is 20 minutes from the base and a day lasts from 480 to 990, unless a test says otherwise.
"""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given

from data.base.status import Status
from scheduling.week.instance import WeekInstance
from scheduling.week.solve import solve_week
from tests.brute_force import best_week
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import clashing_weeks
from tests.scheduling.week.plain_weeks import DAY, LAW, line, only_day, planned, reasons, solved, visit, week

TWO_DAYS = (DAY, DAY)


# Windows and shifts


@pytest.mark.parametrize(("window", "start"), [([500, 500], 500), ([400, 500], 500), ([700, 720], 700)])
def test_a_service_may_start_at_both_ends_of_its_window(window: list[int], start: int) -> None:
    # The earliest arrival is 480 + 20 = 500.
    assert only_day(week(visit("a", windows=[[window]]))).stops[0].start == start


def test_a_window_that_closes_a_minute_before_the_arrival_is_missed() -> None:
    assert reasons(solved(week(visit("a", windows=[[[400, 499]]])))) == {"a": "out_of_reach"}


def test_the_service_may_end_after_its_window() -> None:
    assert only_day(week(visit("a", windows=[[[400, 500]]]))).stops[0].end == 560


def test_of_two_windows_the_second_is_taken_where_the_first_is_missed() -> None:
    day = only_day(week(visit("a", windows=[[[480, 499], [600, 610]]])))
    # 600 - 20 = 580 and 600 + 60 + 20 = 680
    assert (day.leave, day.stops[0].start, day.back) == (580, 600, 680)


@pytest.mark.parametrize(("end", "made"), [(580, [["a"]]), (579, [None])])
def test_the_return_is_due_by_the_end_of_the_shift(end: int, made: list[Any]) -> None:
    # 480 + 20 + 60 + 20 = 580
    assert planned(solved(week(visit("a"), days=({"start": 480, "end": end},)))) == made


def test_a_day_without_shift_has_no_visits() -> None:
    result = solved(week(visit("a", windows=[[[480, 900]], []]), days=(None, DAY)))
    assert (planned(result), reasons(result)) == ([None, None], {"a": "no_day_open"})


def test_a_visit_is_made_on_the_day_on_which_it_is_open() -> None:
    assert planned(solved(week(visit("a", windows=[[], [[480, 900]]]), days=TWO_DAYS))) == [None, ["a"]]


# Travel


def test_a_day_starts_and_ends_where_it_says() -> None:
    # from node 1 (20) to node 2 (50): 0 + 30 instead of 20 + 20
    day = {"start": 480, "end": 990, "from": 1, "to": 2}
    assert solved(week(visit("a"), days=(day,), travel_min=line(0, 20, 50))).travel_min == 30


def test_the_base_is_where_days_start_and_end_by_default() -> None:
    assert solved(week(visit("a"), base=1)).travel_min == 0


def test_travel_may_be_asymmetric() -> None:
    # around the circle 0 -> 1 -> 2 -> 0 it is 5 + 5 + 5, the other way 30 + 30 + 30
    around = [[0, 5, 30], [30, 0, 5], [5, 30, 0]]
    result = solved(week(visit("b", 2), visit("a", 1), travel_min=around))
    assert (result.travel_min, planned(result)) == (15, [["a", "b"]])


def test_a_detour_may_be_shorter_than_the_leg() -> None:
    # Alone, b is 400 away: there and back do not fit. Via a it is 10 + 10 there and 10 + 10 back.
    around = [[0, 10, 400], [10, 0, 10], [400, 10, 0]]
    both = week(visit("a", 1), visit("b", 2), visit("c", 1, 0), travel_min=around)
    assert solved(both).objective == 10 + 10 + 10 + 10
    assert reasons(solved(week(visit("b", 2), travel_min=around))) == {"b": "out_of_reach"}


def test_two_visits_on_one_node_need_no_travel_between_them() -> None:
    day = only_day(week(visit("a"), visit("b")))
    # 480 + 20 + 60 + 60 + 20 = 640
    assert (day.back, [stop.start for stop in day.stops]) == (640, [500, 560])


# Groups, required visits, penalties


def test_visits_of_one_group_are_never_on_the_same_day() -> None:
    twins = (visit("a", group="g"), visit("b", group="g"))
    assert solved(week(*twins)).objective == 1000 + 40
    assert solved(week(*twins, days=TWO_DAYS)).objective == 40 + 40
    assert solved(week(visit("a", group="g"), visit("b", group="h"))).objective == 40


def test_a_visit_is_made_only_if_that_is_cheaper() -> None:
    assert solved(week(visit("a", penalty=41))).objective == 40
    assert solved(week(visit("a", penalty=39))).objective == 39


def test_a_required_visit_is_made_whatever_it_costs() -> None:
    assert solved(week(visit("a", penalty=0, required=True))).objective == 40


def test_a_visit_without_penalty_is_made_only_where_it_costs_nothing() -> None:
    assert reasons(solved(week(visit("a", penalty=0)))) == {"a": "not_worth_travel"}
    assert solved(week(visit("b", 0, penalty=0))).objective == 0


def test_required_visits_that_clash_are_named_and_no_others() -> None:
    at_nine = {"windows": [[[540, 540]]], "required": True}
    result = solve_week(week(visit("a", **at_nine), visit("b", **at_nine), visit("c", required=True)))
    assert (result.status, result.clash) == (Status.INFEASIBLE, ("a", "b"))


def test_a_required_visit_that_fits_nowhere_clashes_alone() -> None:
    result = solve_week(week(visit("a", required=True), visit("b", windows=[[[0, 9]]], required=True)))
    assert (result.status, result.clash) == (Status.INFEASIBLE, ("b",))


@drawn(40)
@given(clashing_weeks())
def test_every_proper_subset_of_a_clash_can_be_planned(of: WeekInstance) -> None:
    result = solve_week(of)
    assert (result.status is Status.INFEASIBLE) == (best_week(of) is None)
    if result.status is Status.INFEASIBLE:
        assert best_week(requiring(of, result.clash)) is None
        for fewer in combinations(result.clash, len(result.clash) - 1):
            assert best_week(requiring(of, fewer)) is not None


def requiring(of: WeekInstance, ids: tuple[str, ...]) -> WeekInstance:
    visits = tuple(v.model_copy(update={"required": v.id in ids}) for v in of.visits)
    return of.model_copy(update={"visits": visits})


# Limits


@pytest.mark.parametrize(("limit", "made"), [(100, [["a"]]), (99, [None])])
def test_a_day_holds_no_more_than_max_work_min(limit: int, made: list[Any]) -> None:
    # 20 + 60 + 20 = 100
    assert planned(solved(week(visit("a"), max_work_min=limit))) == made


def test_waiting_is_work() -> None:
    # from 480 to the return at 700 + 60 + 20
    late = visit("a", windows=[[[700, 700]]])
    assert planned(solved(week(late, max_work_min=300))) == [["a"]]
    assert planned(solved(week(late, max_work_min=299))) == [None]


@pytest.mark.parametrize(("limit", "objective"), [(200, 80), (199, 1040), (99, 2000)])
def test_the_week_holds_no_more_than_max_week_work_min(limit: int, objective: int) -> None:
    # one visit a day: 100 min of work and 40 min of travel each
    twins = (visit("a", group="g"), visit("b", group="g"))
    assert solved(week(*twins, days=TWO_DAYS, max_week_work_min=limit)).objective == objective


@pytest.mark.parametrize(("limit", "objective"), [(2, 80), (1, 1040), (0, 2000)])
def test_visits_fall_on_no_more_than_max_days(limit: int, objective: int) -> None:
    twins = (visit("a", group="g"), visit("b", group="g"))
    assert solved(week(*twins, days=TWO_DAYS, max_days=limit)).objective == objective


@pytest.mark.parametrize(("limit", "travel"), [(385, 15), (384, 90), (210, 90)])
def test_more_travel_is_accepted_where_it_saves_work(limit: int, travel: int) -> None:
    # b, then a at 800: 5 + 5 + 5 of travel, back at 800 + 60 + 5 = 865, so 385 min of work.
    # a at 510, then b: 30 + 30 + 30 of travel, back at 480 + 90 + 60 + 60 = 690, so 210 min of work.
    around = [[0, 5, 30], [30, 0, 5], [5, 30, 0]]
    visits = (visit("a", 2, windows=[[[510, 510], [800, 800]]]), visit("b", 1))
    assert solved(week(*visits, travel_min=around, max_work_min=limit)).objective == travel


# A running day


def running(work_min: int = 0, break_min: int = 0, stretch_from: int = 480, start: int = 480) -> Any:
    so_far = {"work_min": work_min, "break_min": break_min, "stretch_from": stretch_from}
    return {"start": start, "end": 990, "so_far": so_far}


@pytest.mark.parametrize(("worked", "made"), [(500, [["a"]]), (501, [None])])
def test_work_done_counts_for_the_day(worked: int, made: list[Any]) -> None:
    # 500 + 100 = 600
    assert planned(solved(week(visit("a"), days=(running(worked),), max_work_min=600))) == made


@pytest.mark.parametrize(("worked", "made"), [(50, [None, ["a"]]), (51, [None, None])])
def test_work_done_counts_for_the_week_even_if_its_day_has_no_more_visits(worked: int, made: Any) -> None:
    tuesday = visit("a", windows=[[], [[480, 900]]])
    of = week(tuesday, days=(running(worked), DAY), max_week_work_min=150)
    assert planned(solved(of)) == made


def test_an_empty_week_is_allowed_whatever_was_worked() -> None:
    assert solved(week(visit("a"), days=(running(500),), max_week_work_min=400)).objective == 1000


def test_breaks_taken_count() -> None:
    # 300 + 100 = 400 min of work require 30 min; the shift's end at 580 leaves no minute for them.
    day = running(work_min=300, stretch_from=480) | {"end": 580}
    rested = running(work_min=300, break_min=30, stretch_from=480) | {"end": 580}
    assert planned(solved(week(visit("a"), days=(day,), breaks=LAW))) == [None]
    assert planned(solved(week(visit("a"), days=(rested,), breaks=LAW))) == [["a"]]


@pytest.mark.parametrize(("begun", "breaks"), [(220, 0), (219, 1)])
def test_the_stretch_goes_on_from_where_it_began(begun: int, breaks: int) -> None:
    # back at 480 + 20 + 60 + 20 = 580, and 580 - 220 = 360 without a break
    of = week(visit("a"), days=(running(stretch_from=begun),), breaks=LAW)
    assert len(only_day(of).breaks) == breaks


# Breaks


def rest_of(of: WeekInstance) -> int:
    """Minutes of breaks on the only day with visits."""
    return sum(rest.end - rest.start for rest in only_day(of).breaks)


@pytest.mark.parametrize(("minutes", "rest", "back"), [(320, 0, 840), (321, 30, 871)])
def test_more_than_six_hours_of_work_ask_for_a_break_of_30_min(minutes: int, rest: int, back: int) -> None:
    # 20 + 320 + 20 = 360
    of = week(visit("a", duration_min=minutes), breaks=LAW)
    assert (rest_of(of), only_day(of).back) == (rest, back)


@pytest.mark.parametrize(("minutes", "rest"), [(250, 30), (251, 45)])
def test_more_than_nine_hours_of_work_ask_for_45_min(minutes: int, rest: int) -> None:
    # 20 + 250 + 250 + 20 = 540
    twins = (visit("a", duration_min=minutes), visit("b", duration_min=250))
    assert rest_of(week(*twins, days=({"start": 480, "end": 1080},), breaks=LAW)) == rest


def test_no_stretch_of_work_is_longer_than_six_hours() -> None:
    # 361 min between two possible breaks: never; 360 with a break before leaving or after returning: yes.
    long = {"totals": []}
    assert planned(solved(week(visit("a", 0, 360), breaks=LAW | long))) == [["a"]]
    assert reasons(solved(week(visit("a", 0, 361), breaks=LAW | long))) == {"a": "breaks_or_work"}


def test_a_break_lasts_at_least_one_piece() -> None:
    # 200 min of work require 1 min of break: it takes 15, so back at 480 + 20 + 200 + 20 + 15.
    law = {"max_stretch_min": 360, "piece_min": 15, "totals": [[200, 1]]}
    of = week(visit("a", duration_min=200), breaks=law)
    assert (rest_of(of), only_day(of).back) == (15, 735)


def test_waiting_may_be_a_break() -> None:
    # 20 + 20 of travel, 400 of work; the 40 min between 600 and 640 are idle anyway.
    first = visit("a", duration_min=100, windows=[[[500, 500]]])
    second = visit("b", duration_min=240, windows=[[[640, 640]]])
    of = week(first, second, breaks=LAW)
    assert (only_day(of).back, [(r.start, r.end) for r in only_day(of).breaks]) == (900, [(600, 630)])


def test_only_a_break_of_23_min_between_two_visits_solves_this_day() -> None:
    """The legs are 20, 40, 45, 20; A starts at 500, B in 670-683, C at 788; the shift ends at 863.

    A ends at 500 + 120 = 620; 620 + 40 + 23 = 683, when B starts; 683 + 60 + 45 = 788; 788 + 55 + 20 = 863.
    That is 863 - 480 - 23 = 360 min of work, so no more than these 23 min of breaks are required.
    """
    visits = (
        visit("a", 1, 120, windows=[[[500, 500]]]),
        visit("b", 2, 60, windows=[[[670, 683]]]),
        visit("c", 3, 55, windows=[[[788, 788]]]),
    )
    legs = [[0, 20, 999, 999], [999, 0, 40, 999], [999, 999, 0, 45], [20, 999, 999, 0]]
    day = only_day(week(*visits, days=({"start": 480, "end": 863},), travel_min=legs, breaks=LAW))
    assert [(rest.start, rest.end) for rest in day.breaks] == [(660, 683)]


@pytest.mark.parametrize(
    ("first_min", "rests"),
    [
        (100, [(580, 610)]),
        (101, [(581, 596), (900, 915)]),
        (460, [(940, 970)]),
        (461, None),
    ],
)
def test_no_break_begins_in_the_first_minutes_of_a_day(first_min: int, rests: Any) -> None:
    """a ends at 580, b lasts from 610 to 900, and the shift ends at 990: 30 min of breaks are due.

    The wait from 580 on has 30 min, from 581 on only 29. 940 + 30 + 20 = 990.
    """
    visits = visit("a", windows=[[[520, 520]]]), visit("b", 1, 290, windows=[[[610, 610]]], required=True)
    of = week(*visits, breaks=LAW | {"first_min": first_min, "max_stretch_min": 500})
    if rests is None:
        assert solve_week(of).status is Status.INFEASIBLE
    else:
        assert [(rest.start, rest.end) for rest in only_day(of).breaks] == rests


def test_the_stretch_lasts_until_the_break_may_begin() -> None:
    # 360 min from 480 on, no break before 841: no visit can be made by then and be back.
    of = week(visit("a", duration_min=330), breaks=LAW | {"first_min": 361})
    assert reasons(solved(of)) == {"a": "breaks_or_work"}


def test_a_running_day_began_when_its_work_breaks_and_off_say() -> None:
    """Now is 700; 100 of work, 15 of breaks and 45 off lie behind, so it began at 540: breaks from 750 on."""
    behind = {"work_min": 100, "break_min": 15, "off_min": 45, "stretch_from": 680}
    day = {"start": 700, "end": 1300, "so_far": behind}
    of = week(visit("a", 0, 300), days=(day,), breaks=LAW | {"totals": [[300, 30]], "first_min": 210})
    assert of.first_break(0) == 750
    assert [(rest.start, rest.end) for rest in only_day(of).breaks] == [(1000, 1015)]


def test_without_a_law_there_are_no_breaks() -> None:
    assert only_day(week(visit("a", duration_min=450), breaks=None)).breaks == ()


# Time off


def shift_with(*off: list[int], **fields: Any) -> dict[str, Any]:
    return DAY | {"off": list(off)} | fields


def test_a_service_ends_before_a_time_off_or_begins_after_it() -> None:
    # 500 + 60 = 560
    assert only_day(week(visit("a"), days=(shift_with([560, 600]),))).stops[0].start == 500
    day = only_day(week(visit("a", windows=[[[500, 900]]]), days=(shift_with([559, 600]),)))
    # The way there may be driven before it: leaving at 539, there at 559.
    assert (day.leave, day.stops[0].start, day.back) == (539, 600, 680)


def test_a_leg_ends_before_a_time_off_or_begins_after_it() -> None:
    # 480 + 20 = 500; off from 499 on, nobody drives before 520
    day = only_day(week(visit("a"), days=(shift_with([499, 520]),)))
    assert (day.leave, day.stops[0].start) == (520, 540)


def test_the_way_home_waits_for_the_end_of_a_time_off() -> None:
    # a ends at 560, and the way home takes until 580
    assert only_day(week(visit("a", windows=[[[500, 500]]]), days=(shift_with([579, 700]),))).back == 720


@pytest.mark.parametrize(("limit", "made"), [(180, [["a"]]), (179, [None])])
def test_time_off_is_no_work(limit: int, made: list[Any]) -> None:
    # 720 - 480 - (700 - 640): the return is after the time off
    of = week(visit("a", windows=[[[600, 600]]], node=1), days=(shift_with([660, 720]),))
    assert only_day(of).back == 740
    assert planned(solved(of.model_copy(update={"max_work_min": limit + 20}))) == made


def test_time_off_after_the_return_counts_for_nothing() -> None:
    of = week(visit("a"), days=(shift_with([600, 700]),), max_work_min=99)
    assert planned(solved(of)) == [None]


def test_a_time_off_ends_a_stretch_but_is_no_break() -> None:
    """200 min at each end of an hour off: no stretch is long, yet 400 min of work ask for 30 of breaks."""
    visits = visit("a", 0, 200, windows=[[[480, 480]]]), visit("b", 0, 200)
    law = LAW | {"max_stretch_min": 215}
    day = only_day(week(*visits, days=(shift_with([680, 740]),), breaks=law))
    assert [(rest.start, rest.end) for rest in day.breaks] == [(940, 970)]
    assert day.back == 970


def test_breaks_lie_on_either_side_of_a_time_off() -> None:
    """15 min before and after the hour off are the 30 that 400 min of work ask for."""
    visits = visit("a", 0, 200, windows=[[[480, 480]]]), visit("b", 0, 200, windows=[[[770, 770]]])
    day = only_day(week(*visits, days=(shift_with([695, 755]),), breaks=LAW))
    assert [(rest.start, rest.end) for rest in day.breaks] == [(680, 695), (755, 770)]


# Visits that end elsewhere


def test_the_next_leg_starts_where_a_service_ended() -> None:
    # 20 to node 1, then from node 2, at the base's door: 20 + 0 instead of 20 + 20
    of = week(visit("a", leave_node=2), travel_min=[[0, 20, 1], [20, 0, 9], [0, 9, 0]])
    result = solved(of)
    assert (result.travel_min, only_day(of).back) == (20, 560)


def test_a_visit_may_bring_the_buddy_near_the_end_of_the_day() -> None:
    """From b home takes 300 min; a, at the same place, ends at the base, so b is made before it."""
    far = [[0, 20, 20], [300, 0, 0], [300, 0, 0]]
    of = week(visit("a", leave_node=0), visit("b", 2), travel_min=far)
    assert [stop.id for stop in only_day(of).stops] == ["b", "a"]


# Promises


def promise(day: int = 0, start: int = 600, until: int = 660, cost: int = 100) -> dict[str, Any]:
    return {"day": day, "from": start, "to": until, "cost": cost}


def test_a_promise_is_kept_by_waiting() -> None:
    result = solved(week(visit("a", promise=promise())))
    assert result.objective == 40
    assert result.days[0] is not None
    assert 600 <= result.days[0].stops[0].start <= 660


@pytest.mark.parametrize("window", [[500, 599], [661, 700]], ids=["a minute too early", "a minute too late"])
def test_a_promise_is_broken_outside_its_minutes(window: list[int]) -> None:
    assert solved(week(visit("a", windows=[[window]], promise=promise()))).objective == 40 + 100


def test_a_promise_is_broken_on_another_day() -> None:
    tuesday = visit("a", windows=[[], [[480, 900]]], promise=promise(day=0))
    assert solved(week(tuesday, days=TWO_DAYS)).objective == 40 + 100


def test_a_promise_is_broken_by_leaving_the_visit_out() -> None:
    assert solved(week(visit("a", windows=[[]], promise=promise()))).objective == 1000 + 100


def test_a_promise_is_broken_where_keeping_it_costs_more() -> None:
    # b can only be made at 600, when a was promised to start.
    b = visit("b", windows=[[[600, 600]]], penalty=150)
    assert solved(week(visit("a", promise=promise(until=600, cost=149)), b)).objective == 40 + 149
    assert solved(week(visit("a", promise=promise(until=600, cost=151)), b)).objective == 40 + 150


# Optional fields that are absent


def test_null_is_absent() -> None:
    nulls = dict.fromkeys(("base", "breaks", "max_work_min", "max_week_work_min", "max_days"))
    spelled = visit("a", required=None, group=None, promise=None)
    day = DAY | {"from": None, "to": None, "so_far": None}
    assert week(spelled, days=(day, None), **nulls) == week(visit("a"), days=(DAY, None))


def test_a_week_without_visits_costs_nothing() -> None:
    result = solved(week(days=TWO_DAYS))
    assert (result.objective, result.bound, result.days) == (0, 0, (None, None))


def test_a_week_without_days_leaves_everything_out() -> None:
    result = solved(week(visit("a", windows=[]), days=()))
    assert (result.objective, result.days, reasons(result)) == (1000, (), {"a": "no_day_open"})
