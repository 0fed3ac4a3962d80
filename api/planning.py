"""From files to a judged run: read, match, plan, check. The one place that wires the engines together."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from api.run import Run
from data.findings import Finding, Severity
from data.gazetteer import Gazetteer
from data.generate import generate, write_programme
from data.solution import Violation
from data.tables import Reading, read_programme
from data.travel.estimate import Estimate
from data.travel.provider import times_of
from matching.check import check_matching
from matching.solve import MatchOptions, match
from scheduling.check import check_weeks
from scheduling.solve import plan_weeks, process_pool
from scheduling.week import WeekOptions

DEMO_WEEK = "2026-W48"
"""The demo's week is a fixed one, so that the same seed gives the same files on every day."""
LEAST_HORIZON = 4
"""Care is spread over at least so many weeks, however few of them are planned."""
WEEK_WORK = 40_000_000
"""Steps after which a week is taken as it stands: half a minute, and the same on every machine."""
INVENTED_MARK = "INVENTED.md"

Progress = Callable[[str, float], None]
"""Told the stage, and the share of it that is done."""


class BadProgramme(ValueError):
    """A programme whose files have errors; nothing was computed."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            f"{sum(f.severity is Severity.ERROR for f in findings)} errors in the programme's files"
        )
        self.findings = findings


@dataclass(frozen=True)
class RunOptions:
    """How much to compute and with what: weeks to plan (0: match only), processes, and the seed."""

    weeks: int = 1
    workers: int | None = None
    seed: int = 0


def gazetteer_for(programme: Path) -> Gazetteer:
    """Return the gazetteer of a programme's own `reference` folder, or the one that ships."""
    own = programme / "reference"
    return Gazetteer.from_files(own) if own.is_dir() else Gazetteer.shipped()


def read_folder(programme: Path, week: str, weeks: int, gazetteer: Gazetteer) -> Reading:
    """Read a programme's folder or workbook for a horizon of at least four weeks."""
    invented = (programme / INVENTED_MARK).is_file()
    return read_programme(programme, gazetteer, week, max(weeks, LEAST_HORIZON), invented)


def read_demo(buddies: int, companies: int, seed: int, weeks: int) -> Reading:
    """Invent a programme and read it like any other, from its files."""
    with TemporaryDirectory(prefix="buddyplan-") as folder:
        write_programme(Path(folder), generate(buddies, companies, seed, DEMO_WEEK))
        return read_folder(Path(folder), DEMO_WEEK, weeks, Gazetteer.shipped())


def run_programme(
    read: Callable[[], Reading], options: RunOptions, progress: Progress = lambda stage, share: None
) -> Run:
    """Read, match and, if asked to, plan a programme.

    Raises `BadProgramme` where the files have errors and `matching.lexicographic.NotSolvable` where pins
    and limits contradict each other.
    """
    seconds: dict[str, float] = {}
    with process_pool(options.workers) as pool:
        # The pool's processes start and load the kernels while this one reads and matches.
        pool.submit(abs, 0)
        with _stage("read", seconds, progress):
            reading = read()
        if reading.problem is None:
            raise BadProgramme(reading.findings)
        problem = reading.problem
        with _stage("travel times", seconds, progress):
            times = times_of(problem, Estimate.shipped())
        with _stage("match", seconds, progress):
            matching = match(
                problem,
                times,
                MatchOptions(seed=options.seed, workers=options.workers or 1),
                lambda level, share: progress("match", share),
            )
        run = Run(problem, reading.identities, times, matching, (), seconds)
        if options.weeks:
            with _stage("plan", seconds, progress):
                weeks = plan_weeks(
                    problem,
                    matching,
                    times,
                    weeks=options.weeks,
                    options=WeekOptions(work=WEEK_WORK, seed=options.seed),
                    executor=pool,
                    progress=lambda done, of: progress("plan", done / max(1, of)),
                )
            run = replace(run, weeks=weeks)
    return run


def check_run(run: Run) -> list[Violation]:
    """Judge a run without a solver: every rule and figure of its matching and its weeks."""
    if run.matching is None:
        return []
    found = check_matching(run.problem, run.times, run.matching)
    if run.weeks:
        found += check_weeks(run.problem, run.times, run.matching, run.weeks)
    return found


@contextmanager
def _stage(name: str, seconds: dict[str, float], progress: Progress) -> Iterator[None]:
    progress(name, 0.0)
    begun = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - begun
    progress(name, 1.0)
