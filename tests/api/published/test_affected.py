"""Who is affected by a draft: each way in which a visit can change, alone."""

from datetime import date

import pytest

from api.published.affected import Affected, Effect, affected
from data.base.status import Status
from data.results.promise import Promise, PromiseState
from data.results.solution import DayRoute, Stop, WeekPlan

WEEK = "2026-W48"
MONDAY = date(2026, 11, 23)


def week(**starts: tuple[int, int]) -> WeekPlan:
    """A week with visits by name at (day, start), an hour each."""
    days: list[DayRoute | None] = [None] * 7
    for day in sorted({day for day, _ in starts.values()}):
        stops = tuple(
            Stop(id=visit, place=f"at-{visit}", arrive=start, start=start, end=start + 60)
            for visit, (on, start) in sorted(starts.items(), key=lambda each: each[1])
            if on == day
        )
        days[day] = DayRoute(leave=480, back=900, work_min=420, travel_min=60, distance_m=9, stops=stops)
    return WeekPlan(
        buddy="", week=WEEK, status=Status.OPTIMAL, objective=0, bound=0, travel_min=0, days=tuple(days)
    )


def weeks(**plans: WeekPlan) -> dict[tuple[str, str], WeekPlan]:
    return {(buddy, WEEK): plan for buddy, plan in plans.items()}


def effects(found: Affected) -> list[tuple[str, Effect]]:
    return [(change.visit, change.effect) for change in found.changes]


def test_the_same_plan_affects_nobody() -> None:
    plan = weeks(anna=week(a=(0, 540), b=(1, 600)))
    assert affected(plan, plan) == Affected(buddies=(), places=(), changes=(), unchanged=2)


def test_without_a_plan_in_force_everything_is_new() -> None:
    found = affected({}, weeks(anna=week(a=(0, 540)), ben=week(b=(2, 540))))
    assert effects(found) == [("a", Effect.ADDED), ("b", Effect.ADDED)]
    assert found.buddies == ("anna", "ben") and found.places == ("at-a", "at-b")


@pytest.mark.parametrize(
    ("after", "effect", "buddies"),
    [
        (weeks(anna=week(a=(0, 555))), Effect.MOVED, ("anna",)),
        (weeks(anna=week(a=(1, 540))), Effect.MOVED, ("anna",)),
        (weeks(anna=week()), Effect.DROPPED, ("anna",)),
        (weeks(anna=week(), ben=week(a=(0, 540))), Effect.OTHER_BUDDY, ("anna", "ben")),
    ],
)
def test_each_way_a_visit_changes(
    after: dict[tuple[str, str], WeekPlan], effect: Effect, buddies: tuple[str, ...]
) -> None:
    found = affected(weeks(anna=week(a=(0, 540))), after)
    assert effects(found) == [("a", effect)] and found.buddies == buddies


def test_an_appointment_of_two_buddies_counts_for_each() -> None:
    both = weeks(anna=week(a=(0, 540)), ben=week(a=(0, 540)))
    found = affected(both, weeks(anna=week(a=(0, 540)), ben=week(a=(0, 600))))
    assert found.unchanged == 1 and found.buddies == ("ben",)


@pytest.mark.parametrize(
    ("start", "state", "breaks"),
    [
        ((0, 570), PromiseState.CONFIRMED, False),  # 9:30, told 9:00 to 9:30
        ((0, 571), PromiseState.CONFIRMED, True),
        ((0, 571), PromiseState.PROPOSED, True),
        ((0, 571), PromiseState.DECLINED, False),
        ((1, 560), PromiseState.CONFIRMED, True),
    ],
)
def test_a_window_that_was_told_is_kept_or_broken(
    start: tuple[int, int], state: PromiseState, breaks: bool
) -> None:
    told = Promise(visit="a", company="at-a", date=MONDAY, from_min=540, to_min=570, state=state)
    found = affected(weeks(anna=week(a=(0, 540))), weeks(anna=week(a=start)), (told,))
    assert [change.breaks_promise for change in found.changes] == [breaks]
