"""A study's job: it answers one of the four what-if questions about a stored problem.

Scenarios are named by their ids: a title can hold a person's name, which erasure removes.
"""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from api.jobs.inputs import FrontierInput, HireInput, ScenarioInput, StressInput, StudyInput, study_input
from api.planning.engines import Progress, Resources
from api.run.stored_sources import sources_of_problem
from api.studies.frontier.study import frontier_study
from api.studies.hire.study import hire_study
from api.studies.outcome.run_scenario import RefusedOutcome, StudyOptions, outcome_of
from api.studies.stress.result import Stress
from api.studies.stress.study import StressOptions, stress
from data.base.entity import Entity, canonical_json, content_hash
from data.base.message import message
from data.model.problem import Problem
from data.reference.sources import Sources
from data.results.solution import Matching
from data.scenario.kinds import Scenario
from data.store.database.store import Store
from data.store.studies.outcomes import NewOutcome
from data.store.studies.scenarios import stacked_by_id
from data.store.work.jobs import StoredJob
from data.store.work.matchings import matching_of
from data.store.work.problems import problem_of
from matching.positions.frontier import FrontierCancelled

Stacked = tuple[Scenario, ...]


class Cancelled(Exception):
    """The study was cancelled."""


def studied(store: Store, job: StoredJob, resources: Resources) -> NewOutcome | None:
    """Return a study's result, None if it was cancelled: half a study would mislead.

    The finished draws of a cancelled stress study are discarded. Raises what the engines raise.
    """
    asked = study_input(canonical_json(job.input))
    scenario = getattr(asked, "scenario", None)
    with store.reading() as c:
        problem, sources = problem_of(c, asked.problem)[0], sources_of_problem(c, asked.problem)
        base = matching_of(c, asked.matching).matching if asked.matching else None
        stack = stacked_by_id(c, scenario) if scenario else ()
    progress = partial(_goes_on, resources)
    try:
        made = _made(asked, problem, sources, base, stack, resources, progress)
    except (Cancelled, FrontierCancelled):
        return None
    return NewOutcome(
        programme=job.programme,
        kind=asked.kind,
        problem=asked.problem,
        scenario=scenario,
        hash=content_hash(made),
        body=canonical_json(made),
        by_user=job.by_user,
        job=job.id,
    )


def _goes_on(resources: Resources, stage: str, share: float) -> None:
    if resources.cancel.is_set():
        raise Cancelled
    resources.stages.progress(stage, share)


def _made(
    asked: StudyInput,
    problem: Problem,
    sources: Sources,
    base: Matching | None,
    stack: Stacked,
    resources: Resources,
    progress: Progress,
) -> Entity:
    pool = resources.pool_for(problem)
    match asked:
        case ScenarioInput(weeks=weeks, seed=seed):
            return outcome_of(problem, sources, stack, StudyOptions(weeks, seed), base, pool, progress)
        case FrontierInput(positions=positions, most=most, keep=keep):
            return frontier_study(
                problem, sources.travel, base, positions, most, keep, progress, resources.cancel
            )
        case HireInput(seed=seed):
            return hire_study(problem, sources.travel, base, seed, pool, progress)
        case StressInput():
            return _stressed(asked, problem, sources, base, stack, resources, progress)


def _stressed(
    asked: StressInput,
    problem: Problem,
    sources: Sources,
    base: Matching | None,
    stack: Stacked,
    resources: Resources,
    progress: Progress,
) -> Stress:
    options = StressOptions(asked.weeks, asked.draws, asked.seed, asked.rates)
    with TemporaryDirectory(prefix="buddyplan-") as folder:
        stacks = (stack,) if stack else ()
        made = stress(Path(folder), problem, sources, stacks, base, options, resources.pool, progress)
    if made.faults:
        raise RefusedOutcome(message("plan_breaks_rules", count=len(made.faults), first=made.faults[0]))
    return made
