"""The worker: no job stays abandoned, and a job that kills its process ends at some point."""

import threading
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from api.jobs import worker
from api.jobs.lock import NIGHTLY, WORKER, AtWork, alone
from api.jobs.queue import submit
from api.jobs.sweep import sweep
from api.jobs.worker import Worker
from api.service.wiring import Service
from data.base.message import message
from data.store.people.audit import AuditRow, keep_audit
from data.store.people.audit_check import check_audit
from data.store.tables.utc import now
from data.store.work.jobs import JobState, claim, extend_lease, keep_job
from tests.api.jobs.small_service import ENDED, eventually, job, match_job, service
from tests.refusals import refused


@pytest.fixture
def opened(database_url: str, tmp_path: Path) -> Iterator[Service]:
    made = service(database_url, tmp_path)
    yield made
    made.close()


def test_what_no_queue_knows_of_is_put_in_again_once(opened: Service) -> None:
    """A process may die between the store's commit and the queue."""
    with opened.store.writing() as c:
        key = keep_job(c, match_job())
    assert opened.queue.waiting() == frozenset()
    for _ in range(2):
        sweep(opened)
    assert opened.queue.waiting() == {key}


def test_a_job_waits_again_once_its_lease_is_over(opened: Service) -> None:
    key = submit(opened, match_job())
    with opened.store.writing() as c:
        claim(c, key, timedelta(seconds=60))
    sweep(opened)
    assert job(opened, key).state is JobState.RUNNING
    with opened.store.writing() as c:
        extend_lease(c, key, 1, timedelta(seconds=-1))
    sweep(opened)
    assert (job(opened, key).state, job(opened, key).attempt) == (JobState.QUEUED, 1)


def test_a_job_that_kills_its_process_fails_at_the_third(
    opened: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SOLVER", ("false",))
    key = submit(opened, match_job())
    running = Worker(opened)

    def stop_at_the_end() -> None:
        eventually(lambda: job(opened, key).state in ENDED)
        running.stop()

    threading.Thread(target=stop_at_the_end).start()
    running.run()
    ended = job(opened, key)
    assert (ended.state, ended.attempt) == (JobState.FAILED, 3)
    assert ended.error == message("job_process_died", count=3)


def test_a_worker_that_ends_gives_its_job_back(opened: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SOLVER", ("sh", "-c", "sleep 60"))
    key = submit(opened, match_job())
    running = Worker(opened)

    def stop_in_the_middle() -> None:
        eventually(lambda: job(opened, key).state is JobState.RUNNING)
        running.stop()

    threading.Thread(target=stop_in_the_middle).start()
    running.run()
    assert (job(opened, key).state, job(opened, key).attempt) == (JobState.QUEUED, 1)


def test_one_worker_works_in_a_data_folder(opened: Service) -> None:
    with alone(opened.settings.data_dir, WORKER), refused(AtWork, "a worker is at work"):
        Worker(opened).run()


@pytest.mark.parametrize("nightly", [False, True])
def test_a_new_worker_takes_over_what_a_dead_one_left_but_not_from_the_nightly_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nightly: bool
) -> None:
    """On SQLite at once, before its lease is over."""
    monkeypatch.setattr(worker, "SOLVER", ("sh", "-c", "sleep 60"))
    opened = service("", tmp_path, lease_seconds=600.0)
    with opened.store.writing() as c:
        key = keep_job(c, match_job())
        claim(c, key, timedelta(seconds=600))
    running = Worker(opened)
    threading.Timer(3, running.stop).start()
    with alone(tmp_path, NIGHTLY) if nightly else nullcontext():
        running.run()
    # Taken again and returned at the end, or left to its owner.
    expected = (JobState.RUNNING, 1) if nightly else (JobState.QUEUED, 2)
    assert (job(opened, key).state, job(opened, key).attempt) == expected
    opened.close()


def test_a_worker_seals_the_audit_log_while_it_runs_and_when_it_ends(
    opened: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SWEEP_S", 0.01)
    running = Worker(opened)

    def sealed() -> int:
        with opened.store.reading() as c:
            return check_audit(c).rows

    def leave_a_row() -> None:
        with opened.store.writing() as c:
            keep_audit(c, [AuditRow(now(), "u", "buddy", "GET", "", 200)])

    def leave_rows_and_stop() -> None:
        leave_a_row()
        eventually(lambda: sealed() == 1)
        leave_a_row()
        running.stop()

    ending = threading.Thread(target=leave_rows_and_stop)
    ending.start()
    running.run()
    ending.join()
    assert sealed() == 2
