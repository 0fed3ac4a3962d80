"""From files to a judged run: read, match, plan, check, write. Only here the engines meet."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from api.explaining import ExplainOptions, explanations
from api.explanation_words import clash_words
from api.export.atomic_folder import refuse_foreign
from api.replanning import WEEK_WORK, check_planned, published
from api.run import Run
from api.run_folder import write_run
from data.findings import Finding
from data.gazetteer import Gazetteer
from data.identity import Identities
from data.problem import Problem
from data.solution import Matching, Violation
from data.tables import Reading
from data.travel.estimate import Estimate
from data.travel.provider import Times, times_of
from matching.check import check_matching
from matching.clash import find_clash
from matching.colleagues import colleagues
from matching.lexicographic import NotSolvable
from matching.refine import RefineOptions, check_refinement, refine
from matching.resolve import Case
from matching.solve import MatchOptions, match
from scheduling.route_price import RoutedWeeks
from scheduling.solve import plan_weeks, process_pool
from scheduling.takers import with_takers
from scheduling.week import WeekOptions

Progress = Callable[[str, float], None]
"""Told the stage, and the share of it that is done."""


@dataclass(frozen=True)
class RunOptions:
    """How much to compute and with what: weeks to plan (0: match only), processes, and the seed.

    `refine_seconds` are spent on refining the matching by routed weeks (None: it stays as it is). `explain`
    is for how many of the most urgent gaps a remedy is searched, and places for one more buddy (0: none).
    """

    weeks: int = 1
    workers: int | None = None
    seed: int = 0
    refine_seconds: float | None = None
    explain: int = 3


@dataclass(frozen=True)
class Planned:
    """What came of a run: no run where the files have errors; not written where rules are broken."""

    findings: tuple[Finding, ...]
    run: Run | None = None
    violations: tuple[Violation, ...] = ()


def plan_and_write(
    read: Callable[[], Reading], options: RunOptions, gazetteer: Gazetteer, out: Path, progress: Progress
) -> Planned:
    """Read, match, plan, judge and write a programme; `out` is replaced whole or not at all.

    Raises `matching.lexicographic.NotSolvable` where pins and limits contradict each other, and what
    `api.run_folder.write_run` raises where `out` may not be replaced.
    """
    refuse_foreign(out)
    stages = _Stages(progress)
    parallel = options.weeks or options.refine_seconds or options.explain
    with process_pool(options.workers) if parallel else nullcontext() as pool:
        if pool is not None:
            # The pool's processes start and load the kernels while this one reads and matches.
            pool.submit(abs, 0)
        with stages.timed("read"):
            reading = read()
        if reading.problem is None:
            return Planned(reading.findings)
        run = _computed(reading.problem, reading.identities, options, pool, stages)
    with stages.timed("check"):
        broken = check_run(run)
    if not broken:
        with stages.timed("write"):
            write_run(run, out, gazetteer)
    return Planned(reading.findings, run, tuple(broken))


def check_run(run: Run) -> list[Violation]:
    """Judge a run without a solver: every rule and figure of its matching and its weeks."""
    if run.matching is None:
        return []
    found = check_matching(run.problem, run.times, run.matching)
    if run.refinement:
        found += check_refinement(run.matching, run.refinement)
    if run.weeks:
        found += check_planned(run)
    return found


class _Stages:
    """Tells the progress of each stage and keeps its seconds."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        self.progress(name, 0.0)
        begun = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - begun
        self.progress(name, 1.0)


def _computed(
    problem: Problem, identities: Identities, options: RunOptions, pool: Executor | None, stages: _Stages
) -> Run:
    with stages.timed("travel times"):
        times = times_of(problem, Estimate.shipped())
    with stages.timed("match"):
        matching = _matched(problem, identities, times, options, partial(stages.progress, "match"))
    refinement = None
    if options.refine_seconds:
        with stages.timed("refine"):
            price = RoutedWeeks(problem, matching, times, pool)
            limit = RefineOptions(seconds=options.refine_seconds)
            told = partial(stages.progress, "refine")
            matching, refinement = refine(problem, times, matching, price, limit, told)
    explained = None
    if options.explain:
        with stages.timed("explain"):
            case = Case(problem, times, matching, MatchOptions(seed=options.seed))
            most = ExplainOptions(options.explain, options.explain)
            explained = explanations(case, most, pool, partial(stages.progress, "explain"))
    run = Run(problem, identities, times, matching, refinement, (), stages.seconds, explained)
    if not options.weeks:
        return run
    with stages.timed("plan"):
        weeks = plan_weeks(
            problem,
            matching,
            times,
            options.weeks,
            WeekOptions(work=WEEK_WORK, seed=options.seed),
            pool,
            lambda done, of: stages.progress("plan", done / max(1, of)),
        )
        run = replace(run, weeks=weeks)
        able = colleagues(problem, times)
        return replace(run, weeks=with_takers(published(run), able, WeekOptions(work=WEEK_WORK), pool))


def _matched(
    problem: Problem,
    identities: Identities,
    times: Times,
    options: RunOptions,
    share: Callable[[float], None],
) -> Matching:
    """Match; where pins and limits clash, say which, in names."""
    how = MatchOptions(seed=options.seed, workers=options.workers or 1)
    try:
        return match(problem, times, how, lambda step: share(step.share))
    except NotSolvable as error:
        clash = find_clash(problem, times, how.limits)
        raise NotSolvable(clash_words(clash, identities.name, "en") if clash else str(error)) from None
