"""A call that is not made is told, and is no minute of the week.

Anna's week has room for 2,400 minutes less a tenth of reserve: 2,160.
"""

from datetime import date
from typing import Any

import pytest

from data.base.dates import aware
from data.base.status import ReasonCode
from data.model.dated import Availability
from data.model.problem import Care, Problem
from data.model.vocabulary import CareMode
from data.results.replanning import Away
from data.results.solution import BuddyWeeks, WeekPlan
from scheduling.judge.plan import check_weeks
from scheduling.judge.replanning import check_replanning
from scheduling.plan.plan_weeks import plan_weeks
from scheduling.replan.reopened_weeks import Published
from scheduling.replan.replan import replan
from tests.builders import WEEK, assigned, buddy, company, problem, times

MONDAY, THURSDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 29)


def programme(minutes: tuple[int, ...], *away: Availability, **fields: Any) -> Problem:
    """Anna has c1, c2, … with a weekly call of these minutes each; c1 is the most urgent."""
    firms = tuple(company(f"c{k}", priority=6 - k) for k, _ in enumerate(minutes, 1))
    care = tuple(
        Care(company=f"c{k}", mode=CareMode.CALL, every_weeks=1, minutes=each)
        for k, each in enumerate(minutes, 1)
    )
    return problem((buddy("anna"),), firms, care=care, availability=away, **fields)


def week_of(of: Problem) -> WeekPlan:
    (own,) = judged(of, planned(of))
    return own.weeks[0]


def planned(of: Problem) -> tuple[BuddyWeeks, ...]:
    return plan_weeks(of, assigned(of, anna=" ".join(of.company)), times(of))


def judged(of: Problem, plans: tuple[BuddyWeeks, ...]) -> tuple[BuddyWeeks, ...]:
    assert check_weeks(of, times(of), assigned(of, anna=" ".join(of.company)), plans) == []
    return plans


def told(plan: WeekPlan) -> dict[str, tuple[ReasonCode, str]]:
    return {left.company: (left.reason.code, left.reason.away) for left in plan.unplanned}


def made(plan: WeekPlan) -> list[tuple[str, int]]:
    return [(call.company, call.minutes) for call in plan.calls or ()]


def test_calls_that_fit_are_listed_and_counted() -> None:
    plan = week_of(programme((20, 30)))
    assert (made(plan), plan.remote_min, told(plan)) == ([("c1", 20), ("c2", 30)], 50, {})


def test_calls_beyond_the_hours_of_the_week_are_told_and_not_counted() -> None:
    """600 + 600 + 600 = 1,800; a fourth is beyond 2,160, and 300 more still fit."""
    plan = week_of(programme((600, 600, 600, 600, 300)))
    assert made(plan) == [("c1", 600), ("c2", 600), ("c3", 600), ("c5", 300)]
    assert plan.remote_min == 2100
    assert told(plan) == {"c4": (ReasonCode.WEEK_FULL, "")}


@pytest.mark.parametrize(
    ("who", "reason"),
    [("anna", (ReasonCode.ABSENT, "anna")), ("c1", (ReasonCode.NO_DAY_OPEN, ""))],
)
def test_a_call_without_a_day_is_told_and_not_counted(who: str, reason: tuple[ReasonCode, str]) -> None:
    plan = week_of(programme((20,), Availability(who=who, first=MONDAY, last=SUNDAY)))
    assert (made(plan), plan.remote_min, told(plan)) == ([], 0, {"c1": reason})


def test_the_judge_refuses_calls_that_are_not_the_week_s() -> None:
    of = programme((600, 600, 600, 600, 300))
    (own,) = planned(of)
    plan, calls = own.weeks[0], own.weeks[0].calls or ()
    longer = calls[0].replace(minutes=601)
    wrongs: tuple[dict[str, Any], ...] = (
        {"calls": calls[1:]},
        {"calls": (longer, *calls[1:])},
        {"remote_min": 2700},
        {"unplanned": ()},
        {
            "unplanned": tuple(
                u.replace(reason=u.reason.replace(code=ReasonCode.ABSENT)) for u in plan.unplanned
            )
        },
    )
    for changes in wrongs:
        wrong = own.replace(weeks=(plan.replace(**changes),))
        matching = assigned(of, anna=" ".join(of.company))
        found = check_weeks(of, times(of), matching, (wrong,))
        assert [each.where.split()[:2] for each in found] == [["anna", WEEK]], changes


def test_a_plan_of_an_earlier_version_counts_all_that_are_due() -> None:
    """It lists no calls: 20 + 30."""
    of = programme((20, 30))
    (own,) = planned(of)
    judged(of, (own.replace(weeks=(own.weeks[0].replace(calls=None),)),))


def test_who_is_reported_away_for_the_week_makes_no_call() -> None:
    """Until Thursday night some day of work is left, and the calls may be made on it."""
    of = programme((20,))
    published = Published(of, assigned(of, anna="c1"), times(of), planned(of))
    for last, calls in ((SUNDAY, []), (THURSDAY, [("c1", 20)])):
        away = Away(buddy="anna", first=MONDAY, last=last)
        done = replan(published, aware(MONDAY, 0), (away,), (), lambda _: ())
        assert check_replanning(published, done.record, done.weeks) == []
        plan = done.weeks[0].weeks[0]
        assert (made(plan), plan.remote_min) == (calls, 20 * len(calls))
        assert told(plan) == ({} if calls else {"c1": (ReasonCode.ABSENT, "anna")})
        assert [left.company for left in done.record.unplaced or ()] == ([] if calls else ["c1"])
