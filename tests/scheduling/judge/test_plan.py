"""The programme's judge reports buddy, week and stop of every corruption, and never crashes."""

import json
import random
from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from data.base.status import Status
from data.results.solution import Break, BuddyWeeks, DayRoute, WeekPlan
from scheduling.judge.plan import check_weeks
from tests.builders import times
from tests.scheduling.programmes import matched, meeting, planned, two_buddies

PROBLEM = two_buddies()
TIMES = times(PROBLEM)
MATCHING = matched(PROBLEM)
Plans = tuple[BuddyWeeks, ...]


@pytest.fixture(scope="module")
def good() -> Plans:
    plans = planned(PROBLEM)
    assert found(plans) == []
    return plans


def found(plans: Plans) -> list[tuple[str, str]]:
    return [(v.rule, v.where) for v in check_weeks(PROBLEM, TIMES, MATCHING, plans)]


def with_week(plans: Plans, **changes: Any) -> Plans:
    """Change Anna's first week."""
    anna, bert = plans
    return (anna.replace(weeks=(anna.weeks[0].replace(**changes), *anna.weeks[1:])), bert)


def monday(plans: Plans) -> DayRoute:
    """Anna's Monday, the day of the meeting."""
    day = plans[0].weeks[0].days[0]
    assert day is not None
    return day


def with_monday(plans: Plans, day: DayRoute) -> Plans:
    return with_week(plans, days=(day, *plans[0].weeks[0].days[1:]))


def at_the_meeting(plans: Plans, **changes: Any) -> Plans:
    stops = tuple(s.replace(**changes) if s.id == "team" else s for s in monday(plans).stops)
    return with_monday(plans, monday(plans).replace(stops=stops))


def test_a_stop_moved_by_hand_is_named_with_buddy_week_and_id(good: Plans) -> None:
    assert ("window", "anna 2026-W48 team") in found(at_the_meeting(good, start=601, end=661))


def test_a_stop_at_another_place(good: Plans) -> None:
    assert ("place", "anna 2026-W48 days[0] team") in found(at_the_meeting(good, place="c2"))


def test_a_stop_at_a_place_that_does_not_exist(good: Plans) -> None:
    assert ("place", "anna 2026-W48 days[0]") in found(at_the_meeting(good, place="nowhere"))


def test_a_stop_that_is_not_due(good: Plans) -> None:
    assert ("unknown_visit", "anna 2026-W48 nothing") in found(at_the_meeting(good, id="nothing"))


def test_a_visit_outside_the_opening(good: Plans) -> None:
    plan = good[0].weeks[0]
    d, day = next((d, day) for d, day in enumerate(plan.days) if day and "c1" in [s.place for s in day.stops])
    stops = tuple(s.replace(start=1000, end=1060) if s.place == "c1" else s for s in day.stops)
    late = with_week(good, days=(*plan.days[:d], day.replace(stops=stops), *plan.days[d + 1 :]))
    assert ("opening", f"anna 2026-W48 days[{d}] c1-2026-W48-1") in found(late)


def test_a_break_that_is_moved_into_a_visit(good: Plans) -> None:
    start = monday(good).stops[0].start
    broken = with_monday(good, monday(good).replace(breaks=(Break(start=start, end=start + 30),)))
    assert ("break_place", "anna 2026-W48 days[0]") in found(broken)


@pytest.mark.parametrize(
    ("hours", "kept"),
    [({"leave": 480}, True), ({"leave": 479}, False), ({"back": 1020}, True), ({"back": 1021}, False)],
)
def test_a_day_lies_within_the_shift_to_the_minute(good: Plans, hours: dict[str, int], kept: bool) -> None:
    changed = with_monday(good, monday(good).replace(**hours))
    assert (("shift", "anna 2026-W48 days[0]") not in found(changed)) == kept


@pytest.mark.parametrize(("back", "kept"), [(1260, True), (1261, False)])
def test_eleven_hours_lie_between_the_return_and_the_next_shift(good: Plans, back: int, kept: bool) -> None:
    """Tuesday's shift begins at 480, 660 min after 1260 on Monday."""
    late, day = monday(good).replace(back=back), monday(good)
    changed = with_week(good, days=(late, day, *good[0].weeks[0].days[2:]))
    assert (("rest", "anna 2026-W48 days[1]") not in found(changed)) == kept


def test_a_week_that_is_missing_between_two_routes_is_rest_enough(good: Plans) -> None:
    late, day = monday(good).replace(back=1261), monday(good)
    changed = with_week(good, days=(*good[0].weeks[0].days[:6], late))
    first = changed[0].weeks[0]
    for following, rules in (("2026-W49", {"rest"}), ("2026-W50", set[str]())):
        weeks = (first, first.replace(week=following, days=(day, *[None] * 6)))
        broken = {rule for rule, _ in found((changed[0].replace(weeks=weeks), changed[1]))}
        assert broken & {"rest"} == rules


@pytest.mark.parametrize("figure", ["travel_min", "distance_m", "work_min"])
def test_a_figure_of_a_day_that_is_not_so(good: Plans, figure: str) -> None:
    wrong = monday(good).replace(**{figure: getattr(monday(good), figure) + 1})
    assert [where for _, where in found(with_monday(good, wrong))] == ["anna 2026-W48 days[0]"]


@pytest.mark.parametrize("figure", ["objective", "travel_min", "bound", "remote_min"])
def test_a_figure_of_a_week_that_is_not_so(good: Plans, figure: str) -> None:
    wrong = with_week(good, **{figure: getattr(good[0].weeks[0], figure) + 1})
    assert {where.removesuffix(" week") for _, where in found(wrong)} == {"anna 2026-W48"}


def test_a_visit_that_has_vanished(good: Plans) -> None:
    days = good[0].weeks[0].days
    rules = {rule for rule, _ in found(with_week(good, days=(None, *days[1:])))}
    assert {"required", "accounted_for"} <= rules


def test_an_appointment_left_out_cannot_be_excused_as_a_clash(good: Plans) -> None:
    """A clash makes appointments optional, at a price that the objective must include."""
    days = good[0].weeks[0].days
    assert found(with_week(good, clash=("team",), days=(None, *days[1:]))) != []


def test_only_appointments_of_the_week_clash(good: Plans) -> None:
    assert found(with_week(good, clash=("c1-2026-W48-1",))) == [("clash", "anna 2026-W48 c1-2026-W48-1")]


def test_an_unplanned_visit_of_another_company() -> None:
    of = two_buddies(appointments=(meeting("night", 1380, ("anna",)),))
    anna, bert = planned(of)
    (night,) = anna.weeks[0].unplanned
    wrong = with_week((anna, bert), unplanned=(night.replace(company="c1"),))
    assert [(v.rule, v.where) for v in check_weeks(of, TIMES, matched(of), wrong)] == [
        ("company", "anna 2026-W48 night")
    ]


def test_a_plan_that_says_there_is_none(good: Plans) -> None:
    assert found(with_week(good, status=Status.UNKNOWN)) == [("status", "anna 2026-W48 week")]


def test_a_week_that_is_missing(good: Plans) -> None:
    anna, bert = good
    assert found((anna.replace(weeks=anna.weeks[:1]), bert)) == [("missing_week", "anna 2026-W49")]
    assert found((anna,)) == [("missing_week", "bert 2026-W48"), ("missing_week", "bert 2026-W49")]


def test_a_week_twice_or_of_nobody(good: Plans) -> None:
    anna, bert = good
    assert ("unknown_week", "anna 2026-W48") in found((anna.replace(weeks=anna.weeks[:1] * 2), bert))
    assert ("unknown_week", "carl 2026-W48") in found(with_week(good, buddy="carl"))
    assert ("unknown_week", "anna 2026-W99") in found(with_week(good, week="2026-W99"))


@pytest.mark.parametrize("name", ["problem_hash", "matching_hash"])
def test_plans_of_another_run(good: Plans, name: str) -> None:
    anna, bert = good
    assert found((anna.replace(**{name: "another"}), bert)) == [(name, "anna")]


def test_weeks_in_another_order_are_as_good(good: Plans) -> None:
    assert found(good[::-1]) == []


# Any edit


@pytest.mark.parametrize("seed", range(4))
def test_no_edit_by_hand_makes_the_judge_fail(good: Plans, seed: int) -> None:
    """Whatever still parses as weeks is judged: fields are changed, removed, or copied from elsewhere."""
    chance, judged = random.Random(seed), 0
    for _ in range(150):
        raw = [json.loads(own.model_dump_json()) for own in good]
        for _ in range(chance.choice([1, 1, 3])):
            edit(raw, chance)
        try:
            plans = tuple(BuddyWeeks.model_validate_json(json.dumps(own)) for own in raw)
        except ValidationError:
            continue
        assert all(isinstance(where, str) for _, where in found(plans))
        judged += 1
    assert judged > 20


def edit(raw: Any, chance: random.Random) -> None:
    """Change one value somewhere inside."""
    spots = list(leaves(raw))
    holder, key = chance.choice(spots)
    other, there = chance.choice(spots)
    value = holder[key]
    if isinstance(value, int):
        holder[key] = chance.choice([value + 1, value - 7, 0, -1, 10**6, value * 2])
    elif isinstance(value, list) and value:
        holder[key] = chance.choice([value[1:], value + value[:1], value[::-1], []])
    else:
        holder[key] = chance.choice([None, "x", deepcopy(other[there])])


def leaves(raw: Any) -> Any:
    for key in raw if isinstance(raw, dict) else range(len(raw)):
        yield raw, key
        if isinstance(raw[key], dict | list):
            yield from leaves(raw[key])


def test_a_week_plan_reads_back_the_same(good: Plans) -> None:
    for own in good:
        for plan in own.weeks:
            assert WeekPlan.model_validate_json(plan.model_dump_json()) == plan
