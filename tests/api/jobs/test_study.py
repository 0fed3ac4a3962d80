"""A study's job: its input is read back, and if cancelled midway it stores nothing."""

import threading
from pathlib import Path

import pytest

from api.jobs.inputs import FrontierInput, HireInput, ScenarioInput, StressInput, StudyInput, study_input
from api.jobs.study import studied
from api.planning.engines import Resources, Stages
from data.base.entity import canonical_json
from data.positions.position import Position
from data.store.work.jobs import JobKind, NewJob, job_of, keep_job
from tests.api.jobs.small_service import PROBLEM, service
from tests.builders import WEEK, buddy

ASKED: tuple[StudyInput, ...] = (
    ScenarioInput(problem=PROBLEM.hash),
    FrontierInput(problem=PROBLEM.hash, positions=(Position(buddy=buddy("p")),), most=1),
    HireInput(problem=PROBLEM.hash, seed=2),
    StressInput(problem=PROBLEM.hash, weeks=(WEEK,), draws=2),
)


@pytest.mark.parametrize("asked", ASKED, ids=lambda each: each.kind.value)
def test_what_is_asked_is_read_back(asked: StudyInput) -> None:
    assert study_input(canonical_json(asked)) == asked


def test_a_job_from_before_there_were_kinds_is_about_a_scenario() -> None:
    assert study_input('{"problem":"p","weeks":["2026-W48"]}') == ScenarioInput(problem="p", weeks=(WEEK,))


@pytest.mark.parametrize("asked", ASKED, ids=lambda each: each.kind.value)
def test_cancelled_when_it_gets_on_it_keeps_nothing(
    asked: StudyInput, database_url: str, tmp_path: Path
) -> None:
    opened, cancel, told = service(database_url, tmp_path), threading.Event(), list[str]()

    def tell(stage: str, share: float) -> None:
        told.append(stage)
        cancel.set()

    new = NewJob(PROBLEM.programme.id, JobKind.STUDY, WEEK, 0, asked.model_dump(mode="json"), "u")
    with opened.store.writing() as c:
        job = job_of(c, keep_job(c, new))
    assert studied(opened.store, job, Resources(0, 1, None, Stages(tell), cancel)) is None
    assert len(told) == 1
    opened.close()
