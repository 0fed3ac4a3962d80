"""The source of a study: a programme's folder, the folder of a run, or the invented programme `demo`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.export.run_folder.read import read_run
from api.files.atomic_folder import MANIFEST
from api.planning.programme import DEMO_WEEK, read_demo, read_folder
from api.planning.week_input import next_week
from api.run.run import Run
from api.service.sources import default_sources, sources_in
from data.base.dates import weeks_from
from data.model.findings import Finding
from data.model.identity import Identities
from data.model.problem import Problem
from data.reference.sources import Sources
from data.results.solution import Matching
from data.tables.read import Reading

DEMO = "demo"
DEMO_BUDDIES, DEMO_COMPANIES, DEMO_SEED = 50, 1000, 1


@dataclass(frozen=True)
class Source:
    """A problem (None: the files have errors), the matching in force if there is one, and the names.

    `weeks` are those that a study plans; `run` is the run read from `folder`.
    """

    problem: Problem | None
    findings: tuple[Finding, ...]
    weeks: tuple[str, ...]
    identities: Identities
    sources: Sources
    base: Matching | None = None
    run: Run | None = None
    folder: Path | None = None

    def name(self, key: str) -> str:
        """Return the name of an id; districts as in the gazetteer."""
        known = self.identities.name(key)
        return self.sources.gazetteer.district_name(key) if known == key else known


def read_source(folder: Path, week: str, weeks: int | None, named: Sequence[str]) -> Source:
    """Read the source of a study.

    It plans `weeks` weeks from `week` on (0: none); by default those that are `named`, otherwise only the
    first. A programme's folder is read for next week, so that contacts due before are seen too; an invented
    programme is invented for the first planned week. Raises what `read_run` raises.
    """
    if (folder / MANIFEST).is_file():
        run = read_run(folder)
        planned = _planned(week, weeks, named, run.problem.horizon.first_week)
        return Source(run.problem, (), planned, run.identities, run.sources, run.matching, run, folder)
    invented = str(folder) == DEMO and not folder.exists()
    planned = _planned(week, weeks, named, DEMO_WEEK if invented else next_week())
    if invented:
        reading = read_demo(DEMO_BUDDIES, DEMO_COMPANIES, DEMO_SEED, 1, min(planned, default=DEMO_WEEK))
        return _source(reading, planned, default_sources())
    sources = sources_in(folder)
    first = min((next_week(), *planned))
    return _source(read_folder(folder, first, 1, sources), planned, sources)


def _source(reading: Reading, planned: tuple[str, ...], sources: Sources) -> Source:
    return Source(reading.problem, reading.findings, planned, reading.identities, sources)


def _planned(week: str, weeks: int | None, named: Sequence[str], first: str) -> tuple[str, ...]:
    if not week and weeks is None and named:
        return tuple(named)
    return weeks_from(week or min(named, default=first), 1 if weeks is None else weeks)
