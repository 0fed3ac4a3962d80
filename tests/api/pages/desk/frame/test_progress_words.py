"""The words for a running job: stage and share, and for a matching the objective with value and bound."""

from typing import Any

import pytest

from api.pages.desk.frame.job_progress import job_words
from api.words.speaker import Speaker

LEVEL = {"name": "without_language", "number": 2, "of": 7, "value": 1200, "bound": 1180}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"state": "queued", "stage": ""}, "Wartet …"),
        ({"stage": "explain"}, "Begründen: 40 %"),
        ({"stage": "unheard of"}, "Rechnet: 40 %"),
        (
            {"level": LEVEL},
            "Zuordnen: 40 % · Ziel 2 von 7: Fachkräfte ohne gemeinsame Sprache – Wert 1.200, Schranke 1.180",
        ),
        (
            {"level": LEVEL | {"value": None, "bound": None}},
            "Zuordnen: 40 % · Ziel 2 von 7: Fachkräfte ohne gemeinsame Sprache",
        ),
    ],
    ids=["waiting", "a stage", "another stage", "value and bound", "neither yet"],
)
def test_a_job_in_words(given: dict[str, Any], says: str) -> None:
    job = {"state": "running", "stage": "match", "share": 0.4, "level": None}
    assert job_words(Speaker("de"), job | given) == says
