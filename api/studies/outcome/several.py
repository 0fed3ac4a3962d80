"""Runs several scenarios one after the other, with one pool; stored outcomes are reused."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from api.planning.engines import Progress
from api.studies.outcome.folder import keep_outcome, kept_outcome, outcome_key
from api.studies.outcome.outcome import ScenarioOutcome
from api.studies.outcome.run_scenario import StudyOptions, outcome_of
from api.studies.outcome.scenario_files import Stack
from data.model.problem import Problem
from data.reference.sources import Sources
from data.results.solution import Matching
from scheduling.plan.plan_weeks import process_pool


def outcomes_of(
    problem: Problem,
    sources: Sources,
    stacks: Sequence[Stack],
    options: StudyOptions,
    base: Matching | None,
    folder: Path | None,
    workers: int | None,
    progress: Progress,
) -> tuple[ScenarioOutcome, ...]:
    """Return the outcome of each stack of scenarios; an empty stack is the base.

    Outcomes stored in `folder` for exactly the same input are reused, and new ones are stored there as soon
    as each is made. Raises what `outcome_of` raises.
    """
    keys = [outcome_key(problem, stack, options, base) for stack in stacks]
    found = [kept_outcome(folder, key) if folder else None for key in keys]
    if None in found:
        with process_pool(workers) if options.weeks else nullcontext() as pool:
            if pool is not None:
                # The pool's processes start and load the kernels while this one matches.
                pool.submit(abs, 0)
            for at, stack in enumerate(stacks):
                if found[at] is not None:
                    continue
                made = outcome_of(problem, sources, stack, options, base, pool, _told(progress, stack))
                found[at] = made
                if folder:
                    keep_outcome(folder, keys[at], made)
    return tuple(each for each in found if each is not None)


def _told(progress: Progress, stack: Stack) -> Progress:
    name = stack[-1].name[:20] if stack else "base"
    return lambda stage, share: progress(f"{name}: {stage}", share)
