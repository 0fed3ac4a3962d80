"""The engines, one function per stage: the only place that combines them, for the command and for jobs."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from api.planning.explaining import ExplainOptions, explanations
from api.planning.replanning import WEEK_WORK, published
from api.run.run import Run
from api.words.explanations import clash_message
from api.words.reasons import Naming
from data.model.policy import ObjectiveName
from data.model.problem import Problem
from data.results.explanation import Explanations
from data.results.level_so_far import LevelSoFar
from data.results.refinement import Refinement
from data.results.solution import Matching
from data.travel.provider import Times
from matching.eligibility.colleagues import colleagues
from matching.explain.clash import find_clash
from matching.explain.resolve import Case
from matching.levels.lexicographic import NotSolvable, Step
from matching.refine.refine import RefineOptions, refine
from matching.solve import MatchOptions, match
from scheduling.plan.plan_weeks import plan_weeks
from scheduling.price.route_price import RoutedWeeks
from scheduling.replan.appointment_takers import with_takers
from scheduling.week.solve import WeekOptions

SMALL = 60
"""A programme of so many companies is computed before the processes of a pool have started."""
Progress = Callable[[str, float], None]
"""Called with the stage and the share of it that is done."""


Reached = Callable[[LevelSoFar], None]
"""Called with a matching's current objective whenever its value or bound improves."""


class Stages:
    """Reports the progress of each stage and records its seconds."""

    def __init__(self, progress: Progress, reached: Reached = lambda level: None) -> None:
        self.progress, self.reached = progress, reached
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[Callable[[float], None]]:
        """Time a stage, and yield a function that reports the share of it that is done."""
        self.progress(name, 0.0)
        begun = time.perf_counter()
        yield partial(self.progress, name)
        self.seconds[name] = time.perf_counter() - begun
        self.progress(name, 1.0)


@dataclass(frozen=True)
class Resources:
    """What a computation uses: the seed, the matching's threads, a pool for the rest, and progress reports.

    Once `cancel` is set, each stage ends soon with the best result so far.
    """

    seed: int
    threads: int
    pool: Executor | None
    stages: Stages
    cancel: threading.Event = field(default_factory=threading.Event)

    def pool_for(self, problem: Problem) -> Executor | None:
        """Return the pool, whose processes then start and load the kernels; None for a small programme."""
        if self.pool is None or len(problem.companies) <= SMALL:
            return None
        self.pool.submit(abs, 0)
        return self.pool


def matched(problem: Problem, times: Times, resources: Resources, named: Naming) -> Matching:
    """Match; if pins and limits clash, `NotSolvable` says which, by their names from `named`."""
    how = MatchOptions(seed=resources.seed, workers=resources.threads)
    resources.pool_for(problem)  # it starts while this process matches
    with resources.stages.stage("match") as told:
        names = [objective.name for objective in problem.policy.objectives]

        def heard(step: Step) -> None:
            told(step.share)
            if step.level:
                level = LevelSoFar(
                    name=ObjectiveName(step.level),
                    number=names.index(ObjectiveName(step.level)) + 1,
                    of=len(names),
                    value=step.value,
                    bound=step.bound,
                )
                resources.stages.reached(level)

        try:
            return match(problem, times, how, heard, resources.cancel)
        except NotSolvable as error:
            clash = find_clash(problem, times, how.limits)
            raise NotSolvable(clash_message(clash, named) if clash else error.said) from None


def refined(
    problem: Problem, times: Times, matching: Matching, seconds: float, resources: Resources
) -> tuple[Matching, Refinement]:
    """Refine a matching by routed weeks, for at most `seconds`."""
    with resources.stages.stage("refine") as told:
        price = RoutedWeeks(problem, matching, times, resources.pool_for(problem))
        limit = RefineOptions(seconds=seconds)
        return refine(problem, times, matching, price, limit, told, resources.cancel.is_set)


def explained(
    problem: Problem, times: Times, matching: Matching, count: int, resources: Resources
) -> Explanations | None:
    """Explain a matching, with so many gaps and places for one more buddy; None once that was cancelled."""
    with resources.stages.stage("explain") as told:

        def goes_on(share: float) -> None:
            if resources.cancel.is_set():
                raise CancelledError
            told(share)

        case = Case(problem, times, matching, MatchOptions(seed=resources.seed), cancel=resources.cancel)
        try:
            return explanations(case, ExplainOptions(count, count), resources.pool_for(problem), goes_on)
        except CancelledError:
            return None


def planned(run: Run, weeks: int, resources: Resources) -> Run:
    """Plan the first weeks of a matched run; if cancelled, weeks are missing, see `complete`."""
    assert run.matching is not None
    with resources.stages.stage("plan") as told:
        plans = plan_weeks(
            run.problem,
            run.matching,
            run.times,
            weeks,
            WeekOptions(work=WEEK_WORK, seed=resources.seed),
            resources.pool_for(run.problem),
            lambda done, of: told(done / max(1, of)),
            cancel=resources.cancel,
        )
        run = replace(run, weeks=plans)
        if not complete(run, weeks):
            return run
        assert run.matching is not None
        able = colleagues(run.problem, run.times, run.matching.funded)
        pool = resources.pool_for(run.problem)
        return replace(run, weeks=with_takers(published(run), able, WeekOptions(work=WEEK_WORK), pool))


def complete(run: Run, weeks: int) -> bool:
    """Return whether every buddy's weeks are planned."""
    return all(len(own.weeks) == weeks for own in run.weeks)
