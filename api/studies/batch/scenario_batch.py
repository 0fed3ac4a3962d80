"""Many scenarios as a batch: each is a part, and its outcome is stored where `scenario compare` finds it."""

import pickle
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from api.studies.batch.batch import Part, Progress, open_batch, result_of, run_batch
from api.studies.batch.executors import Where
from api.studies.outcome.folder import keep_outcome, outcome_key
from api.studies.outcome.outcome import ScenarioOutcome
from api.studies.outcome.run_scenario import StudyOptions, outcome_of
from api.studies.outcome.scenario_files import Stack
from data.base.entity import content_hash
from data.base.stored_message import StoredMessage
from data.model.problem import Problem
from data.reference.sources import Sources
from data.results.solution import Matching
from data.scenario.kinds import Scenario


@dataclass(frozen=True)
class Shared:
    """What all scenarios of a batch share: problem and sources, the matching in force if any, the weeks."""

    problem: Problem
    sources: Sources
    base: Matching | None
    options: StudyOptions

    @property
    def hash(self) -> str:
        """Content hash of all shared input and of the program's version."""
        base = self.base.hash if self.base else ""
        made_of = [self.problem.hash, base, list(self.options.weeks), self.options.seed]
        return content_hash([*made_of, version("buddyplan")])


@dataclass(frozen=True)
class BatchOutcomes:
    """The outcomes of the successful scenarios, in order, and why others failed."""

    outcomes: tuple[ScenarioOutcome, ...]
    failed: dict[str, StoredMessage]


def run_scenarios(
    folder: Path, shared: Shared, stacks: Sequence[Stack], where: Where, progress: Progress
) -> BatchOutcomes:
    """Run each stack of scenarios, and today's programme beside them, unless the folder has the outcome.

    Raises what `api.studies.batch.batch.run_batch` does.
    """
    every = ((), *stacks)
    parts = [_part(stack) for stack in every]
    open_batch(folder, "scenarios", shared.hash, parts)
    work = partial(scenario_outcome, zlib.compress(pickle.dumps(shared), 1))
    with where.executor() as executor:
        done = run_batch(folder, parts, work, executor, progress)
    found = []
    for stack, part in zip(every, parts, strict=True):
        if part.key in done.files:
            outcome = result_of(done.files[part.key], ScenarioOutcome)
            keep_outcome(folder, outcome_key(shared.problem, stack, shared.options, shared.base), outcome)
            found.append(outcome)
    names = {part.key: part.name for part in parts}
    return BatchOutcomes(tuple(found), {names[key]: reason for key, reason in done.failed.items()})


def scenario_outcome(shared: bytes, given: dict[str, Any]) -> ScenarioOutcome:
    """Run a stack of scenarios; the work function of a batch."""
    known = _unpacked(shared)
    stack = [Scenario.model_validate(each, strict=False) for each in given["scenarios"]]
    return outcome_of(known.problem, known.sources, stack, known.options, known.base)


@lru_cache(maxsize=1)
def _unpacked(shared: bytes) -> Shared:
    found = pickle.loads(zlib.decompress(shared))
    assert isinstance(found, Shared)
    return found


def _part(stack: Stack) -> Part:
    name = stack[-1].name if stack else "as it is"
    return Part(name=name, given={"scenarios": [each.model_dump(mode="json") for each in stack]})
