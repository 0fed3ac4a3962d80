"""The report of a run, with every study found in its folder."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from markupsafe import Markup
from pydantic import ValidationError

from api.export.report import report_page
from api.files.atomic_file import write_whole
from api.run.names import Names
from api.studies.compare.comparison import Comparison
from api.studies.compare.page import comparison_section
from api.studies.compare.pictures import pictures
from api.studies.hire.page import hire_section
from api.studies.hire.result import HireStudy
from api.studies.outcome.source import Source
from api.studies.report.sections import frontier_section, stress_section
from api.studies.stress.result import Stress
from api.words.catalogue import languages
from data.base.entity import Entity
from data.results.frontier import Frontier

Model = TypeVar("Model", bound=Entity)
LISTED = 5
"""How many of the districts in which one more buddy helps are listed."""


def folder_of(source: Source, asked: Path | None, name: str) -> Path:
    """Return the folder for a study: the one asked for, else in its run's folder, else here."""
    return asked or (source.folder / name if source.folder else Path(name))


def write_run_report(source: Source, written: Path) -> Path | None:
    """Rewrite the report of a run, with the studies of its folder and of the folder just `written`.

    Returns its path, None if the source is not the folder of a run.
    """
    run = source.run
    if run is None or run.matching is None or source.folder is None:
        return None
    names, studies = Names(run), Markup().join(_sections(source, written))
    report = report_page(run, names, run.matching, studies)
    write_whole(source.folder / "report.html", report.encode())
    return source.folder / "report.html"


def _sections(source: Source, written: Path) -> Iterator[Markup]:
    """Yield a section for each kind of study, from the first folder that has one."""
    assert source.folder is not None and source.problem is not None
    folders = [written, source.folder, *sorted(each for each in source.folder.iterdir() if each.is_dir())]
    if comparison := _first(folders, "comparison.json", Comparison):
        drawn = {each: pictures(comparison, source.name, each, "svg") for each in languages()}
        yield comparison_section(comparison, source.name, drawn)
    if frontier := _first(folders, "frontier.json", Frontier):
        yield frontier_section(frontier)
    if hire := _first(folders, "hire.json", HireStudy):
        yield hire_section(hire, source.problem, source.name, source.sources.gazetteer, LISTED)
    if stress := _first(folders, "stress.json", Stress):
        yield stress_section(stress)


def _first(folders: Iterable[Path], name: str, model: type[Model]) -> Model | None:
    """Return the study of the first folder with one that this version can read."""
    for folder in folders:
        with suppress(OSError, ValidationError):
            return model.model_validate_json((folder / name).read_bytes())
    return None
