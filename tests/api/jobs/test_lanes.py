"""Studies and the office's jobs do not wait for each other, and no user fills the queue for all."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.jobs import worker
from api.jobs.queue import submit
from api.jobs.worker import Worker
from api.service.job_queue import Lane, lane_of
from api.service.wiring import Service
from data.store.work.job_waits import oldest_wait_seconds
from data.store.work.jobs import JobKind, JobState, NewJob, TooManyStudies, ask_cancel
from tests.api.jobs.small_service import PROBLEM, eventually, job, match_job, service
from tests.builders import WEEK


@pytest.fixture
def opened(database_url: str, tmp_path: Path) -> Iterator[Service]:
    made = service(database_url, tmp_path, studies_per_user=3)
    yield made
    made.close()


def study_job(by_user: str = "planner") -> NewJob:
    asked = {"kind": "scenario", "problem": PROBLEM.hash, "scenario": None, "matching": None, "weeks": []}
    return NewJob(PROBLEM.programme.id, JobKind.STUDY, WEEK, 0, asked, by_user)


def test_every_kind_of_job_has_a_lane() -> None:
    assert {kind: lane_of(kind) for kind in JobKind} == {
        JobKind.MATCH: Lane.OFFICE,
        JobKind.PLAN: Lane.OFFICE,
        JobKind.REPLAN: Lane.OFFICE,
        JobKind.STUDY: Lane.STUDIES,
    }


def test_a_match_begins_while_studies_run_and_wait(opened: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every solver would run for a minute; the match starts although one study runs and two wait."""
    monkeypatch.setattr(worker, "SOLVER", ("sh", "-c", "sleep 60"))
    studies = [submit(opened, study_job()) for _ in range(3)]
    running = Worker(opened)

    def match_in_the_middle() -> None:
        eventually(lambda: any(job(opened, key).state is JobState.RUNNING for key in studies))
        key = submit(opened, match_job())
        begun.append(eventually(lambda: job(opened, key).state is JobState.RUNNING))
        states.extend(job(opened, each).state for each in studies)
        running.stop()

    begun: list[object] = []
    states: list[JobState] = []
    watching = threading.Thread(target=match_in_the_middle)
    watching.start()
    running.run()
    watching.join()
    assert len(begun) == 1
    assert sorted(states) == [JobState.QUEUED, JobState.QUEUED, JobState.RUNNING]


def test_a_user_has_so_many_unfinished_studies_and_others_are_free(opened: Service) -> None:
    own = [submit(opened, study_job()) for _ in range(3)]
    with pytest.raises(TooManyStudies):
        submit(opened, study_job())
    submit(opened, study_job("other"))
    submit(opened, replace(match_job(), by_user="planner"))
    with opened.store.writing() as c:
        ask_cancel(c, own[0])
    submit(opened, study_job())


def test_studies_sent_at_the_same_time_are_counted_one_after_the_other(opened: Service) -> None:
    told: list[str] = []

    def send() -> None:
        try:
            told.append(submit(opened, study_job()))
        except TooManyStudies:
            told.append("refused")

    senders = [threading.Thread(target=send) for _ in range(12)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    assert told.count("refused") == 9 and len(told) == 12


def test_the_oldest_of_each_kind_is_told_though_another_runs(opened: Service) -> None:
    submit(opened, study_job())
    with opened.store.reading() as c:
        assert oldest_wait_seconds(c).keys() == {JobKind.STUDY}
    submit(opened, match_job())
    with opened.store.reading() as c:
        waits = oldest_wait_seconds(c)
    assert waits[JobKind.STUDY] >= waits[JobKind.MATCH] > 0
