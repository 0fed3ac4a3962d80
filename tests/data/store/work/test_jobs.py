"""A job is run by one worker and ends once; a programme never has two for a week."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import update

from data.base.message import message
from data.model.identity import Identities
from data.model.programme import Programme
from data.store.database.record import Conflict, NotThere
from data.store.database.store import Store
from data.store.tables import schema as s
from data.store.work.jobs import (
    JobKind,
    JobState,
    NewJob,
    StoredJob,
    ask_cancel,
    claim,
    end_job,
    extend_lease,
    job_of,
    jobs_of,
    jobs_under_way,
    keep_job,
    release_stalled,
    renew,
    requeue,
    with_expired_lease,
)
from data.store.work.programmes import keep_programme
from tests.refusals import refused

NEW = NewJob("p", JobKind.PLAN, "2026-W52", 2, {"matching": "m", "seed": 0}, "u")
LEASE = timedelta(seconds=60)


@pytest.fixture(autouse=True)
def programmes(store: Store) -> None:
    with store.writing() as c:
        for key in ("p", "q"):
            keep_programme(c, Programme(id=key, state="ST"), Identities())


def entered(store: Store, new: NewJob = NEW) -> str:
    with store.writing() as c:
        return keep_job(c, new)


def taken(store: Store, key: str) -> StoredJob | None:
    with store.writing() as c:
        return claim(c, key, LEASE)


def state(store: Store, key: str) -> JobState:
    with store.reading() as c:
        return job_of(c, key).state


def test_a_job_comes_back_as_it_was_asked_for(store: Store) -> None:
    key = entered(store)
    with store.reading() as c:
        job = job_of(c, key)
        assert (job.programme, job.kind, job.first_week, job.weeks, job.by_user) == (
            "p", JobKind.PLAN, "2026-W52", 2, "u",
        )  # fmt: skip
        assert (job.input, job.state, job.attempt, job.share) == (NEW.input, JobState.QUEUED, 0, 0.0)
        with pytest.raises(NotThere):
            job_of(c, "x")


@pytest.mark.parametrize("week", ["2026-W51", "2026-W52", "2026-W53"])
def test_a_week_under_way_is_refused(store: Store, week: str) -> None:
    """Weeks 51 and 52, 52 and 53, or 53 and 1 of the next year: each shares a week with 52 and 53."""
    key = entered(store)
    with refused(Conflict, f"job {key} is under way for 2026-W5[23]"):
        entered(store, replace(NEW, first_week=week))
    taken(store, key)
    with pytest.raises(Conflict):
        entered(store, replace(NEW, first_week=week))


def test_other_weeks_other_programmes_and_ended_jobs_do_not_stand_in_the_way(store: Store) -> None:
    key = entered(store)
    entered(store, replace(NEW, first_week="2027-W01"))
    entered(store, replace(NEW, programme="q"))
    with store.writing() as c:
        ask_cancel(c, key)
    entered(store)
    with pytest.raises(NotThere):
        entered(store, replace(NEW, programme="unknown"))


def test_of_two_that_ask_at_once_one_is_refused(store: Store) -> None:
    both = Barrier(2)

    def ask() -> bool:
        both.wait()
        try:
            entered(store)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        answers = [threads.submit(ask) for _ in range(2)]
        assert sorted(answer.result() for answer in answers) == [False, True]
    with store.reading() as c:
        assert len(jobs_under_way(c, "p")) == 1


def test_of_two_that_take_a_job_up_at_once_one_gets_it(store: Store) -> None:
    key, both = entered(store), Barrier(2)

    def take() -> StoredJob | None:
        both.wait()
        return taken(store, key)

    with ThreadPoolExecutor(2) as threads:
        got = [future.result() for future in [threads.submit(take) for _ in range(2)]]
    (job,) = (each for each in got if each)
    assert (job.state, job.attempt) == (JobState.RUNNING, 1)


def test_who_was_thought_dead_can_write_nothing_any_more(store: Store) -> None:
    key = entered(store)
    taken(store, key)
    with store.writing() as c:
        release_stalled(c, key, 1, most=3)
    taken(store, key)
    with store.writing() as c:
        assert renew(c, key, 1, LEASE, "plan", 0.9) is None
        assert not extend_lease(c, key, 1, LEASE)
        assert not end_job(c, key, 1, JobState.DONE, "late")
        assert not requeue(c, key, 1)
        assert release_stalled(c, key, 1, most=3) is None
        assert end_job(c, key, 2, JobState.DONE, "r")
        assert not end_job(c, key, 2, JobState.DONE, "again")
        assert job_of(c, key).result == "r"


def test_a_job_is_tried_three_times(store: Store) -> None:
    key = entered(store)
    for attempt in (1, 2, 3):
        taken(store, key)
        with store.writing() as c:
            job = release_stalled(c, key, attempt, most=3)
    assert job
    assert (job.state, job.error) == (JobState.FAILED, message("job_process_died", count=3))
    assert taken(store, key) is None


def test_a_job_that_waits_is_cancelled_at_once_and_one_that_runs_is_asked(store: Store) -> None:
    waits, runs = entered(store), entered(store, replace(NEW, programme="q"))
    taken(store, runs)
    with store.writing() as c:
        assert ask_cancel(c, waits).state is JobState.CANCELLED
        asked = ask_cancel(c, runs)
    assert (asked.state, asked.cancel_asked) == (JobState.RUNNING, True)
    assert taken(store, waits) is None
    with store.writing() as c:
        release_stalled(c, runs, 1, most=3)
        assert ask_cancel(c, runs).state is JobState.CANCELLED


def test_why_a_job_failed_is_kept_as_a_code_with_fields(store: Store) -> None:
    why = message("solver_file_wrong", where="base", wrong=message("instance_diagonal", value=3))
    key = entered(store)
    taken(store, key)
    with store.writing() as c:
        assert end_job(c, key, 1, JobState.FAILED, error=why)
    with store.reading() as c:
        assert job_of(c, key).error == why


def test_the_sentence_that_an_earlier_version_kept_is_still_said(store: Store) -> None:
    key = entered(store)
    with store.writing() as c:
        c.execute(update(s.job).where(s.job.c.id == key).values(state="failed", error="no plan of this id"))
    with store.reading() as c:
        assert job_of(c, key).error == message("as_stored", text="no plan of this id")


def test_a_job_is_left_behind_once_its_lease_is_over(store: Store) -> None:
    key = entered(store)
    taken(store, key)
    with store.writing() as c:
        assert with_expired_lease(jobs_under_way(c)) == ()
        extend_lease(c, key, 1, timedelta(seconds=-1))
        assert [job.id for job in with_expired_lease(jobs_under_way(c))] == [key]


def test_pages_go_from_the_newest_to_the_oldest(store: Store) -> None:
    keys = [entered(store, replace(NEW, first_week=f"2026-W{week}", weeks=1)) for week in (40, 41, 42, 43)]
    with store.writing() as c:
        same = job_of(c, keys[0]).created_at
        c.execute(update(s.job).values(created_at=same))
        first = jobs_of(c, "p", 3)
        second = jobs_of(c, "p", 3, before=first[-1].id)
    assert [job.id for job in (*first, *second)] == sorted(keys, reverse=True)
