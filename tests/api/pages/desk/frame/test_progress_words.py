"""The words for a running job: stage and share, and for a matching the objective with value and bound."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api.http.frame.job_answers import JobAnswer
from api.pages.desk.frame.job_progress import ended_words, job_words
from api.words.speaker import Speaker
from data.model.policy import ObjectiveName
from data.results.level_so_far import LevelSoFar
from data.store.work.jobs import JobKind, JobState

LEVEL = LevelSoFar(name=ObjectiveName.WITHOUT_LANGUAGE, number=2, of=7, value=1200, bound=1180)
JOB = JobAnswer(
    id="j", programme="p", kind=JobKind.MATCH, first_week="2026-W48", weeks=1, state=JobState.RUNNING,
    stage="match", share=0.4, level=None, error="", result="", created_at=datetime.now(UTC),
    started_at=None, ended_at=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"state": JobState.QUEUED, "stage": ""}, "Wartet …"),
        ({"stage": "explain"}, "Begründen: 40\N{NO-BREAK SPACE}%"),
        ({"stage": "unheard of"}, "Rechnet: 40\N{NO-BREAK SPACE}%"),
        (
            {"level": LEVEL},
            "Zuordnen: 40\N{NO-BREAK SPACE}% · Ziel 2 von 7: "
            "Fachkräfte ohne gemeinsame Sprache – Wert 1.200, Schranke 1.180",
        ),
        (
            {"level": LEVEL.replace(value=None, bound=None)},
            "Zuordnen: 40\N{NO-BREAK SPACE}% · Ziel 2 von 7: Fachkräfte ohne gemeinsame Sprache",
        ),
    ],
    ids=["waiting", "a stage", "another stage", "value and bound", "neither yet"],
)
def test_a_job_in_words(given: dict[str, Any], says: str) -> None:
    assert job_words(Speaker("de"), JOB.model_copy(update=given)) == says


FAILED = {"state": JobState.FAILED, "error": "the result breaks 2 rules …"}
WHY = {"error_code": "job_process_died", "error_fields": {"count": 3}}


@pytest.mark.parametrize(
    ("language", "given", "says"),
    [
        ("de", {"state": JobState.CANCELLED}, "desk_job_cancelled"),
        ("de", FAILED, "desk_job_failed"),
        ("de", FAILED | WHY, "Der Prozess, der ihn berechnete, ist 3 Mal abgebrochen."),
        ("en", FAILED | WHY, "The process that computed it died 3 times."),
    ],
    ids=["cancelled", "of an earlier version", "german", "english"],
)
def test_how_a_job_ended_in_words(language: str, given: dict[str, Any], says: str) -> None:
    say = Speaker(language)
    expected = say.t(says) if says.startswith("desk_") else f"{say.t('desk_job_failed')} {says}"
    assert ended_words(say, JOB.model_copy(update=given)) == expected
