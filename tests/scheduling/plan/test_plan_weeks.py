"""All weeks of all buddies: the same plans on any executor, and appointments that clash."""

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from data.base.status import Status, Violation
from data.model.problem import Care, Problem
from data.results.solution import WeekPlan
from scheduling.judge.plan import check_weeks
from scheduling.plan.plan_weeks import plan_weeks, process_pool
from scheduling.week.solve import WeekOptions
from tests.builders import assigned, buddy, company, problem, times
from tests.scheduling.programmes import matched, meeting, planned, two_buddies


def violations(of: Problem, **options: Any) -> list[Violation]:
    return check_weeks(of, times(of), matched(of), planned(of, **options))


def stops(plan: WeekPlan) -> list[str]:
    return sorted(stop.id for day in plan.days if day for stop in day.stops)


def test_every_week_is_planned_and_proved_and_clean() -> None:
    of = two_buddies()
    anna, bert = planned(of)
    assert [(own.buddy, [plan.week for plan in own.weeks]) for own in (anna, bert)] == [
        ("anna", ["2026-W48", "2026-W49"]),
        ("bert", ["2026-W48", "2026-W49"]),
    ]
    assert {plan.status for own in (anna, bert) for plan in own.weeks} == {Status.OPTIMAL}
    assert violations(of) == []


def test_a_week_holds_what_is_due_in_it() -> None:
    anna, bert = planned(two_buddies())
    assert stops(anna.weeks[0]) == ["c1-2026-W48-1", "c2-2026-W48-1", "c3-2026-W48-1", "team"]
    assert stops(bert.weeks[0]) == ["c4-2026-W48-2", "c5-2026-W48-1", "r1", "team"]
    assert [plan.remote_min for plan in anna.weeks] == [20, 20]


def test_results_name_what_they_were_made_from() -> None:
    of = two_buddies()
    assert {(own.problem_hash, own.matching_hash) for own in planned(of)} == {(of.hash, matched(of).hash)}


def test_a_buddy_without_companies_has_empty_weeks() -> None:
    of = two_buddies(appointments=())
    _, bert = plan_weeks(of, assigned(of, anna="c1"), times(of))
    assert [(plan.status, plan.days, plan.objective) for plan in bert.weeks] == [
        (Status.OPTIMAL, (None,) * 7, 0)
    ] * 2


def test_the_first_weeks_alone_are_the_same_as_in_the_whole_horizon() -> None:
    of = two_buddies()
    assert [own.weeks for own in planned(of, weeks=1)] == [own.weeks[:1] for own in planned(of)]


# Executors


class Backwards(Executor):
    """Runs each task on submission; returning results in order of submission would show."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def test_results_do_not_depend_on_who_solves_the_weeks() -> None:
    of = two_buddies()
    alone = planned(of)
    assert planned(of, executor=Backwards()) == alone
    for workers in (1, 3):
        with ThreadPoolExecutor(workers) as threads:
            assert planned(of, executor=threads) == alone


def test_a_pool_of_processes_gives_the_same() -> None:
    of = two_buddies()
    with process_pool(2) as pool:
        assert planned(of, executor=pool) == planned(of)


@pytest.mark.parametrize("executor", [None, Backwards()])
def test_progress_is_told_from_nothing_to_all(executor: Executor | None) -> None:
    commitments: list[tuple[int, int]] = []
    planned(two_buddies(), executor=executor, progress=lambda done, of: commitments.append((done, of)))
    assert commitments == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_once_cancelled_no_other_week_is_begun() -> None:
    """Two weeks of Anna, then two of Bert, cancelled after the first: the others are missing."""
    cancel, of = Event(), two_buddies()
    weeks = planned(of, cancel=cancel, progress=lambda done, of: cancel.set() if done else None)
    assert [[plan.week for plan in own.weeks] for own in weeks] == [["2026-W48"], []]
    assert check_weeks(of, times(of), matched(of), weeks, complete=False) == []
    missing = {(v.rule, v.where) for v in check_weeks(of, times(of), matched(of), weeks)}
    assert missing == {("missing_week", "bert 2026-W48")}


def test_options_reach_every_week() -> None:
    plans = planned(two_buddies(), options=WeekOptions(work=1))
    assert Status.FEASIBLE in {plan.status for own in plans for plan in own.weeks}
    assert violations(two_buddies(), options=WeekOptions(work=1)) == []


# Appointments that clash


def test_a_clash_is_named_and_does_not_cost_the_week() -> None:
    """Both meetings are on Monday at 600: one is kept, and everything else is planned as usual."""
    of = two_buddies(appointments=(meeting("team", 600, ("anna",)), meeting("training", 600, ("anna",))))
    plan = planned(of)[0].weeks[0]
    assert (plan.status, plan.clash) == (Status.OPTIMAL, ("team", "training"))
    assert len({"team", "training"} & set(stops(plan))) == 1
    assert [left_out.id in plan.clash for left_out in plan.unplanned] == [True]
    assert violations(of) == []


def test_two_clashes_in_one_week_are_both_named() -> None:
    pairs = [meeting(f"m{i}", minute, ("anna",)) for i, minute in enumerate((600, 600, 900, 900))]
    of = two_buddies(appointments=tuple(pairs))
    plan = planned(of)[0].weeks[0]
    assert sorted(plan.clash) == ["m0", "m1", "m2", "m3"]
    assert len(stops(plan)) == 3 + 2
    assert violations(of) == []


def test_an_appointment_that_nobody_can_reach_is_a_clash_of_its_own() -> None:
    of = two_buddies(appointments=(meeting("night", 1380, ("anna",)),))
    plan = planned(of)[0].weeks[0]
    assert (plan.clash, [left_out.id for left_out in plan.unplanned]) == (("night",), ["night"])


def test_more_visits_than_any_week_holds_cost_nobody_the_week() -> None:
    companies = tuple(company(f"c{i:02}") for i in range(70))
    care = tuple(Care(company=c.id, every_weeks=1, minutes=60) for c in companies)
    of = problem((buddy("anna"),), companies, care=care)
    matching = assigned(of, anna=" ".join(c.id for c in companies))
    weeks = plan_weeks(of, matching, times(of), 1, WeekOptions(work=200_000))
    plan = weeks[0].weeks[0]
    assert len(stops(plan)) + len(plan.unplanned) == 70
    assert check_weeks(of, times(of), matching, weeks) == []
