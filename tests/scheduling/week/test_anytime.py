"""What a limit must not take away: a plan, its truth, and that more work never gives a worse one."""

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from hypothesis import given

from data.base.status import Status
from scheduling.week import solve
from scheduling.week.answer import answers
from scheduling.week.files import parse_week
from scheduling.week.instance import WeekInstance, WeekResult
from scheduling.week.judge import check_week
from scheduling.week.large.solve import LargeWeek
from scheduling.week.schedule import Schedule
from scheduling.week.solve import WeekOptions, solve_week
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import ordinary_week, tiny_weeks
from tests.scheduling.week.plain_weeks import DAY, visit, week

WORKS = (1, 300, 3_000, 30_000, 300_000)
WAITS_FOR_ITS_PROMISE = """{
  "days": [null, {"start": 480, "end": 537}], "base": 1,
  "travel_min": [[0, 3], [2, 0]], "max_week_work_min": 33,
  "visits": [
    {"id": "v1", "node": 0, "duration_min": 0, "penalty": 100,
     "windows": [[[480, 484], [497, 499]], [[475, 542]]],
     "promise": {"day": 1, "from": 524, "to": 534, "cost": 10}},
    {"id": "v5", "node": 1, "duration_min": 0, "penalty": 5,
     "windows": [[[492, 497], [501, 501]], [[491, 491], [506, 507]]]}]}"""


def wide_open(visits: int, seed: int) -> WeekInstance:
    """Short visits on a square at any time: too many sets of them fit into a day to list them at once."""
    chance = Random(seed)
    spots = [(chance.randrange(60), chance.randrange(60)) for _ in range(visits + 1)]
    roads = [[abs(a - c) + abs(b - d) for c, d in spots] for a, b in spots]
    drawn_visits = (visit(f"v{i:02}", i + 1, chance.randint(15, 45)) for i in range(visits))
    return week(*drawn_visits, days=(DAY,) * 3, travel_min=roads)


def expect_more_work_to_be_no_worse(of: WeekInstance, works: tuple[int, ...]) -> list[WeekResult]:
    results = [solve_week(of, WeekOptions(work=work)) for work in works]
    assert all(check_week(of, result) == [] for result in results)
    found = [result.objective for result in results if result.objective is not None]
    assert found == sorted(found, reverse=True)
    assert [result.objective is None for result in results] == sorted(
        (result.objective is None for result in results), reverse=True
    )
    bounds = [result.bound for result in results if result.status is not Status.INFEASIBLE]
    assert bounds == sorted(bounds)
    return results


@drawn(40)
@given(tiny_weeks(length=24, most_visits=6))
def test_more_work_is_never_worse_in_tiny_weeks(of: WeekInstance) -> None:
    expect_more_work_to_be_no_worse(of, WORKS)


@pytest.mark.parametrize(
    "of",
    [
        wide_open(26, seed=1),
        ordinary_week(30, seed=2),
        ordinary_week(26, seed=3, max_week_work_min=1500, max_days=4),
        ordinary_week(70, seed=4),
    ],
    ids=["wide open", "listed late", "limited", "never listed"],
)
def test_more_work_is_never_worse_in_larger_weeks(of: WeekInstance) -> None:
    first, *_, last = expect_more_work_to_be_no_worse(of, (1, 50_000, 200_000, 1_000_000))
    assert (last.objective or 0) < (first.objective or 0)


@drawn(60)
@given(tiny_weeks(length=24, most_visits=6, required=0))
def test_where_everything_may_be_left_out_there_is_always_a_plan(of: WeekInstance) -> None:
    for options in (WeekOptions(work=1), WeekOptions(seconds=1e-6)):
        result = solve_week(of, options)
        assert result.status in (Status.FEASIBLE, Status.OPTIMAL)
        assert check_week(of, result) == []


def test_a_plan_found_by_search_is_the_ceiling_of_the_proof() -> None:
    """One visit alone costs 40; the proof, which has searched nothing yet, takes over what it is offered."""
    of = week(visit("a"), visit("b"))
    schedule = Schedule(of, np.zeros(1, dtype=np.int64), None, limited=False, seed=0)
    schedule.run(workers=1)
    assert schedule.listed is not None
    plan = schedule.listed.chosen([0b01])
    assert plan is not None
    assert plan.objective == 40 + 1000
    assert schedule.listed.chosen([0b100]) is None


def test_a_search_does_not_take_out_a_visit_if_the_day_then_works_too_long() -> None:
    """Without v5 the cheapest way to v1 waits for its promise: 47 min of work, and 33 are the most.

    With it, or with the promise broken: 10 for that, 5 for leaving v5 out or for travel there and back.
    """
    of = parse_week(WAITS_FOR_ITS_PROMISE)
    large = LargeWeek(of, 0, np.zeros(1, dtype=np.int64))
    large.search(100_000, 100_000, 1.0)
    large.choose(100_000)
    assert large.objective == 15
    result = solve_week(of)
    assert (result.status, result.objective) == (Status.OPTIMAL, 15)
    assert check_week(of, result) == []


@pytest.mark.parametrize("wrong", ["objective", "late", "twice", "lost"])
def test_an_answer_that_the_judge_refuses_is_never_returned(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All visits left out is the answer that remains: 2 × 1000."""
    of = week(visit("a"), visit("b"))

    def faulty(schedule: Schedule, reasons: bool) -> Iterator[WeekResult]:
        first, *others = answers(schedule, reasons)
        (day,) = first.days
        assert day is not None and not others
        stop = day.stops[0]
        changed = {
            "objective": {"objective": 39},
            "late": {"days": (day.model_copy(update={"back": 991}),)},
            "twice": {"days": (day.model_copy(update={"stops": (stop, *day.stops)}),)},
            "lost": {"days": (day.model_copy(update={"stops": day.stops[:1]}),)},
        }
        yield first.model_copy(update=changed[wrong])

    assert solve_week(of).objective == 40
    monkeypatch.setattr(solve, "answers", faulty)
    result = solve_week(of)
    assert (result.status, result.objective) == (Status.FEASIBLE, 2000)
    assert check_week(of, result) == []


def test_with_required_visits_a_refused_answer_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    of = week(visit("a", required=True))
    wrong = solve_week(of).model_copy(update={"objective": 1})
    monkeypatch.setattr(solve, "answers", lambda schedule, reasons: iter([wrong]))
    assert solve_week(of).status is Status.UNKNOWN


def test_a_long_day_of_tight_visits_is_planned_and_proved() -> None:
    """Twenty visits, one after the other along a road, with ten minutes of play: 2 × 20 × 5 of travel."""
    road = [[abs(a - b) * 5 for b in range(21)] for a in range(21)]
    tight = (visit(f"v{i:02}", i, 5, windows=[[[480 + 10 * i, 490 + 10 * i]]]) for i in range(1, 21))
    result = solve_week(week(*tight, travel_min=road), WeekOptions(work=10_000_000))
    assert (result.status, result.objective) == (Status.OPTIMAL, 200)
