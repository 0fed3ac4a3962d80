"""The commands that show how many buddies are needed: the coverage frontier and its candidate positions."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.scenario import ProgrammeFolder
from api.cli.terminal.language import say, spoken
from api.cli.terminal.options import AsJson, FirstWeek
from api.cli.terminal.terminal import BAD_INPUT, fail, messages, results, show_findings, stage_bars

if TYPE_CHECKING:
    from api.studies.outcome.source import Source
    from data.model.problem import Problem
    from data.results.frontier import Frontier

# As in `api.cli.app`: slow imports happen where they are needed.


def frontier(
    folder: ProgrammeFolder,
    positions: Annotated[Path, typer.Option(metavar="FILE", help="Candidate positions, a CSV file.")],
    most: Annotated[int, typer.Option(min=1, max=500, help="Up to so many positions.")] = 50,
    keep: Annotated[bool, typer.Option("--keep", help="Beside the present buddies, not instead.")] = False,
    week: FirstWeek = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the files; of a run: frontier in its folder.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What 1, 2 … positions can serve at best, with a proved bound and what it costs (docs/frontier.md)."""
    from api.studies.frontier.files import frontier_json, write_frontier
    from api.studies.frontier.table import frontier_table
    from api.studies.report.run import folder_of, write_run_report

    source, problem = _read(folder, week)
    found = _found(source, problem, positions, most, keep, as_json)
    target = folder_of(source, out, "frontier") if out or source.run else None
    if target is not None:
        write_frontier(target, found, spoken())
        write_run_report(source, target)
    if as_json:
        typer.echo(frontier_json(found), nl=False)
    else:
        results().print(frontier_table(found, say()))
        if target is not None:
            messages().print(say().t("terminal_written", folder=target), highlight=False)


def positions(
    folder: ProgrammeFolder,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="CSV file to write.")],
    week: FirstWeek = "",
) -> None:
    """Write candidate positions: district seats × hosts × mandates × languages that are asked for there."""
    from api.files.atomic_file import write_whole
    from data.positions.candidates import candidate_positions
    from data.positions.file import write_positions

    source, problem = _read(folder, week)
    rows = candidate_positions(problem, source.sources.gazetteer)
    text = io.StringIO()
    write_positions(text, rows)
    write_whole(out, text.getvalue().encode("utf-8"))
    messages().print(say().t("terminal_positions", count=len(rows), file=out), highlight=False)


def _read(folder: Path, week: str) -> "tuple[Source, Problem]":
    from api.studies.outcome.source import read_source

    source = read_source(folder, week, 1, ())
    show_findings(source.findings)
    if source.problem is None:
        fail(say().t("terminal_files_wrong"), BAD_INPUT)
    return source, source.problem


def _found(
    source: "Source", problem: "Problem", file: Path, most: int, keep: bool, as_json: bool
) -> "Frontier":
    """Read the positions, compute and judge the frontier."""
    from api.studies.frontier.study import frontier_study
    from data.positions.file import read_positions

    candidates = read_positions(file, problem, source.sources.gazetteer)
    show_findings(candidates.findings)
    if not candidates.positions:
        fail(say().t("terminal_positions_wrong"), BAD_INPUT)
    with stage_bars(as_json) as progress:
        travel = source.sources.travel
        return frontier_study(problem, travel, source.base, candidates.positions, most, keep, progress)
