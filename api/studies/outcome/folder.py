"""Outcomes kept in a folder, so that what was run once is not run again for the same input."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from api.files.atomic_file import write_whole
from api.files.json_text import json_text
from api.studies.outcome.outcome import Outcome
from api.studies.outcome.run_scenario import StudyOptions
from data.base.entity import content_hash
from data.model.problem import Problem
from data.results.solution import Matching
from data.scenario.kinds import Scenario

OUTCOMES = "outcomes"
VERSION = 1
"""Goes up when the same input gives another outcome than before."""


def outcome_key(
    problem: Problem, scenarios: Sequence[Scenario], options: StudyOptions, base: Matching | None
) -> str:
    """Return what an outcome is kept under: a hash over all that it is made from."""
    made_from = [
        VERSION,
        problem.hash,
        base.hash if base else "",
        [(each.name, each.hash) for each in scenarios],
        list(options.weeks),
        options.seed,
    ]
    return content_hash(made_from)


def keep_outcome(folder: Path, key: str, outcome: Outcome) -> None:
    """Write an outcome whole."""
    write_whole(folder / OUTCOMES / f"{key}.json", json_text(outcome).encode())


def kept_outcome(folder: Path, key: str) -> Outcome | None:
    """Return an outcome that was kept, None where there is none that can be read."""
    try:
        return Outcome.model_validate_json((folder / OUTCOMES / f"{key}.json").read_bytes())
    except (OSError, ValidationError):
        return None
