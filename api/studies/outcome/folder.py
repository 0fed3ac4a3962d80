"""A cache of outcomes in a folder, so that no input is run twice."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from api.files.atomic_file import write_whole
from api.files.json_text import json_text
from api.studies.outcome.outcome import ScenarioOutcome
from api.studies.outcome.run_scenario import StudyOptions
from data.base.entity import content_hash
from data.model.problem import Problem
from data.results.solution import Matching
from data.scenario.kinds import Scenario

OUTCOMES = "outcomes"
VERSION = 1
"""Increased when the same input gives another outcome than before."""


def outcome_key(
    problem: Problem, scenarios: Sequence[Scenario], options: StudyOptions, base: Matching | None
) -> str:
    """Return the cache key of an outcome: a hash over all of its input."""
    made_from = [
        VERSION,
        problem.hash,
        base.hash if base else "",
        [(each.name, each.hash) for each in scenarios],
        list(options.weeks),
        options.seed,
    ]
    return content_hash(made_from)


def keep_outcome(folder: Path, key: str, outcome: ScenarioOutcome) -> None:
    """Store an outcome, completely or not at all."""
    write_whole(folder / OUTCOMES / f"{key}.json", json_text(outcome).encode())


def kept_outcome(folder: Path, key: str) -> ScenarioOutcome | None:
    """Return a stored outcome, None if there is none that can be read."""
    try:
        return ScenarioOutcome.model_validate_json((folder / OUTCOMES / f"{key}.json").read_bytes())
    except (OSError, ValidationError):
        return None
