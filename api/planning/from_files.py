"""From files to a judged run: read, match, plan, check, write."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from api.export.run_folder.write import write_run
from api.files.atomic_folder import refuse_foreign
from api.planning.check_run import check_run
from api.planning.engines import Progress, Resources, Stages, explained, matched, planned, refined
from api.run.run import Run
from api.words.language import Language
from data.base.status import Violation
from data.model.findings import Finding
from data.model.identity import Identities
from data.model.problem import Problem
from data.reference.sources import Sources
from data.tables.read import Reading
from data.travel.provider import times_of
from matching.explain.resolve import SOLVING
from scheduling.plan.plan_weeks import process_pool


@dataclass(frozen=True)
class RunOptions:
    """How much to compute and with what: weeks to plan (0: match only), processes, and the seed.

    `refine_seconds` is the time for refining the matching by routed weeks (None: no refinement). `explain` is
    the number of most urgent gaps to find a remedy for, and of places for one more buddy (0: none).
    """

    weeks: int = 1
    workers: int | None = None
    seed: int = 0
    refine_seconds: float | None = None
    explain: int = 3


@dataclass(frozen=True)
class Planned:
    """The result: no run if the files have errors; not written if rules are broken."""

    findings: tuple[Finding, ...]
    run: Run | None = None
    violations: tuple[Violation, ...] = ()


def plan_and_write(
    read: Callable[[], Reading],
    options: RunOptions,
    sources: Sources,
    out: Path,
    language: Language,
    progress: Progress,
) -> Planned:
    """Read, match, plan, judge and write a programme in a language; `out` is replaced as a whole or not at
    all.

    Raises `matching.levels.lexicographic.NotSolvable` if pins and limits contradict each other, and what
    `api.export.run_folder.write_run` raises if `out` may not be replaced.
    """
    refuse_foreign(out)
    stages = Stages(progress)
    parallel = options.weeks or options.refine_seconds or options.explain
    modules = SOLVING if options.explain else ()
    with process_pool(options.workers, modules) if parallel else nullcontext() as pool:
        with stages.stage("read"):
            reading = read()
        if reading.problem is None:
            return Planned(reading.findings)
        resources = Resources(options.seed, options.workers or 1, pool, stages)
        run = _computed(reading.problem, reading.identities, sources, options, resources)
    with stages.stage("check"):
        broken = check_run(run)
    if not broken:
        with stages.stage("write"):
            write_run(run, out, language)
    return Planned(reading.findings, run, tuple(broken))


def _computed(
    problem: Problem, identities: Identities, sources: Sources, options: RunOptions, resources: Resources
) -> Run:
    with resources.stages.stage("travel times"):
        times = times_of(problem, sources.travel)
    matching, refinement, told = matched(problem, times, resources, identities.name), None, None
    if options.refine_seconds:
        matching, refinement = refined(problem, times, matching, options.refine_seconds, resources)
    if options.explain:
        told = explained(problem, times, matching, options.explain, resources)
    run = Run(problem, identities, times, sources, matching, refinement, (), resources.stages.seconds, told)
    return planned(run, options.weeks, resources) if options.weeks else run
