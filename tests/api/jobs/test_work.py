"""What jobs compute: the same every time, judged, and the best so far if they are cancelled."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.jobs.heartbeat import Heartbeat
from api.jobs.solver import solve
from api.jobs.work import OtherWeeks, work
from api.planning.engines import Resources, Stages
from api.service.wiring import Service
from api.words.sentence import sentence
from data.model.policy import ObjectiveName
from data.model.problem import Horizon, Problem
from data.model.relation import Pin
from data.results.level_so_far import LevelSoFar
from data.results.replanning import Cancelled
from data.store.work.jobs import JobKind, JobState, NewJob, StoredJob, ask_cancel, claim, keep_job
from data.store.work.matchings import matching_of
from data.store.work.plans import plan_of, weeks_of_plan
from tests.api.jobs.small_service import (
    PROBLEM,
    WEEK,
    broken,
    enter,
    eventually,
    job,
    match_job,
    plan_job,
    published,
    service,
    some_matching,
)
from tests.refusals import refused

LEASE = timedelta(seconds=60)
LEVEL = LevelSoFar(name=ObjectiveName.WITHOUT_LANGUAGE, number=2, of=7, value=120, bound=118)


@pytest.fixture
def opened(database_url: str, tmp_path: Path) -> Iterator[Service]:
    made = service(database_url, tmp_path)
    yield made
    made.close()


def taken(opened: Service, new: NewJob) -> StoredJob:
    with opened.store.writing() as c:
        job = claim(c, keep_job(c, new), LEASE)
    assert job
    return job


def done(opened: Service, new: NewJob) -> StoredJob:
    """The job after a solver has computed it, in this process."""
    begun = taken(opened, new)
    solve(opened.store, begun, opened.settings)
    return job(opened, begun.id)


def test_a_match_is_kept_with_its_job_and_the_same_twice(opened: Service) -> None:
    ended = [done(opened, match_job()) for _ in range(2)]
    with opened.store.reading() as c:
        hashes = {matching_of(c, each.result).matching.hash for each in ended}
    assert [each.state for each in ended] == [JobState.DONE] * 2
    assert len(hashes) == 1


def test_a_plan_is_a_draft_that_its_judge_passes_the_same_twice(opened: Service) -> None:
    matching = some_matching(opened)
    ended = [done(opened, plan_job(matching)) for _ in range(2)]
    with opened.store.reading() as c:
        one, other = (weeks_of_plan(c, each.result) for each in ended)
        assert plan_of(c, ended[0].result).complete
    assert one == other
    assert broken(opened, ended[0].result) == []


def test_a_plan_is_planned_again(opened: Service) -> None:
    plan = published(opened)
    moment = datetime(2026, 11, 22, 10, tzinfo=UTC)
    with opened.store.reading() as c:
        visit = next(day.stops[0].id for day in weeks_of_plan(c, plan)[0].weeks[0].days if day)
    asked = {
        "plan": plan,
        "moment": moment.isoformat(),
        "disruptions": [Cancelled(visit=visit).model_dump(mode="json")],
    }
    ended = done(opened, NewJob(PROBLEM.programme.id, JobKind.REPLAN, WEEK, 1, asked, "u"))
    assert ended.state is JobState.DONE, ended.error
    with opened.store.reading() as c:
        assert plan_of(c, ended.result).parent == plan
    assert broken(opened, ended.result) == []


class OneByOne(ThreadPoolExecutor):
    """Solves one week after the other, so that others are still waiting when the first is done."""


def test_a_cancelled_plan_keeps_the_weeks_that_are_done(opened: Service) -> None:
    begun = taken(opened, plan_job(some_matching(opened), weeks=4))

    def tell(stage: str, share: float) -> None:
        if stage == "plan" and share > 0:
            resources.cancel.set()

    resources = Resources(0, 1, None, Stages(tell))
    outcome = work(opened.store, begun, resources)
    with opened.store.writing() as c:
        plan = outcome.keep(c)
    with opened.store.reading() as c:
        weeks = [len(own.weeks) for own in weeks_of_plan(c, plan)]
        assert not plan_of(c, plan).complete
    # Two buddies, four weeks each; it was cancelled after the first of eight.
    assert (outcome.state, weeks) == (JobState.CANCELLED, [1, 0])
    assert broken(opened, plan) == []


def test_a_cancelled_plan_in_a_pool_keeps_what_was_begun(opened: Service) -> None:
    begun = taken(opened, plan_job(some_matching(opened), weeks=4))
    with OneByOne(1) as pool:
        resources = Resources(0, 1, pool, Stages(lambda stage, share: None))
        resources.cancel.set()
        outcome = work(opened.store, begun, resources)
    with opened.store.writing() as c:
        plan = outcome.keep(c)
        assert sum(len(own.weeks) for own in weeks_of_plan(c, plan)) < 8
    assert (outcome.state, broken(opened, plan)) == (JobState.CANCELLED, [])


def test_a_cancelled_match_keeps_the_best_so_far(opened: Service) -> None:
    begun = taken(opened, match_job())
    resources = Resources(0, 1, None, Stages(lambda stage, share: None))
    resources.cancel.set()
    outcome = work(opened.store, begun, resources)
    with opened.store.writing() as c:
        assert matching_of(c, outcome.keep(c)).matching.problem_hash == PROBLEM.hash
    assert outcome.state is JobState.CANCELLED


def test_a_clash_is_a_failed_job_that_tells_it_in_ids(opened: Service) -> None:
    """Anna may have one company and is pinned to two."""
    full = PROBLEM.buddies[0].replace(max_companies=1)
    pins = tuple(Pin(buddy="anna", company=key) for key in ("c1", "c2"))
    clashing: Problem = PROBLEM.replace(buddies=(full, PROBLEM.buddies[1]), pins=pins)
    enter(opened, clashing)
    ended = done(opened, match_job(clashing))
    assert (ended.state, ended.result) == (JobState.FAILED, "")
    assert ended.error and "c1 pinned to anna" in sentence(ended.error, "en")
    assert "Albrecht" not in str(ended.error)


def test_other_weeks_than_the_problems_are_refused(opened: Service) -> None:
    asked = plan_job(some_matching(opened), weeks=PROBLEM.horizon.weeks + 1)
    with refused(OtherWeeks, "4 weeks from 2026-W48 on"):
        work(opened.store, taken(opened, asked), Resources(0, 1, None, Stages(lambda stage, share: None)))
    assert PROBLEM.horizon == Horizon(first_week=WEEK, weeks=4)


def test_a_match_tells_the_level_that_it_is_at_with_value_and_bound(opened: Service) -> None:
    told: list[LevelSoFar] = []
    work(
        opened.store, taken(opened, match_job()), Resources(0, 1, None, Stages(lambda *at: None, told.append))
    )
    names = [each.name for each in PROBLEM.policy.objectives]
    assert [(each.number, each.name) for each in told if each.value is None] == list(enumerate(names, 1))
    assert {each.of for each in told} == {len(names)}
    found = [each for each in told if each.value is not None and each.bound is not None]
    assert found and all(each.bound <= each.value for each in found)  # type: ignore[operator]


def test_the_pulse_tells_progress_that_rises_and_hears_a_cancel(opened: Service) -> None:
    begun = taken(opened, match_job())
    with Heartbeat(opened.store, begun, LEASE, lambda: None) as pulse:
        for share in (0.25, 0.75, 0.5):
            pulse.tell("match", share)
            eventually(lambda share=share: job(opened, begun.id).share >= share)  # type: ignore[misc]
        assert (job(opened, begun.id).stage, job(opened, begun.id).share) == ("match", 0.75)
        pulse.reach(LEVEL)
        eventually(lambda: job(opened, begun.id).level == LEVEL)
        pulse.tell("explain", 0.1)
        eventually(lambda: job(opened, begun.id).stage == "explain")
        assert job(opened, begun.id).level is None
        assert not pulse.cancel.is_set()
        with opened.store.writing() as c:
            ask_cancel(c, begun.id)
        assert pulse.cancel.wait(20)


def test_the_pulse_notices_that_the_job_is_somebody_elses(opened: Service) -> None:
    from threading import Event

    from data.store.work.jobs import requeue

    begun, lost = taken(opened, match_job()), Event()
    with Heartbeat(opened.store, begun, LEASE, lost.set):
        with opened.store.writing() as c:
            requeue(c, begun.id, begun.attempt)
        assert lost.wait(20)
