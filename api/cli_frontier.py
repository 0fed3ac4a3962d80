"""The commands that tell how many buddies it takes: the coverage frontier and its candidate positions."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_scenario import Asked
from api.options import AsJson, FirstWeek
from api.terminal import (
    BAD_INPUT,
    RULES_BROKEN,
    fail,
    results,
    show_findings,
    show_violations,
    stage_bars,
    told,
)

if TYPE_CHECKING:
    from data.frontier import Frontier
    from data.gazetteer import Gazetteer
    from data.problem import Problem

# As in `api.cli`: what takes long to load is imported where it is needed.

English = Annotated[bool, typer.Option("--english", help="Words of table and picture in English.")]


def frontier(
    folder: Asked,
    positions: Annotated[Path, typer.Option(metavar="FILE", help="Candidate positions, a CSV file.")],
    most: Annotated[int, typer.Option(min=1, max=500, help="Up to so many positions.")] = 50,
    keep: Annotated[bool, typer.Option("--keep", help="Beside the present buddies, not instead.")] = False,
    week: FirstWeek = "",
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the files.")] = None,
    english: English = False,
    as_json: AsJson = False,
) -> None:
    """What 1, 2 … positions can serve at best, with a proved bound and what it costs (docs/frontier.md)."""
    from api.frontier_files import frontier_json, write_frontier
    from api.frontier_table import frontier_table

    problem, gazetteer = _read(folder, week)
    found = _found(problem, positions, gazetteer, most, keep, as_json)
    if out is not None:
        write_frontier(out, found, english)
    if as_json:
        typer.echo(frontier_json(found), nl=False)
    else:
        results().print(frontier_table(found, english))
        if out is not None:
            told.print(f"written: {out}", highlight=False)


def positions(
    folder: Asked,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="CSV file to write.")],
    week: FirstWeek = "",
) -> None:
    """Write candidate positions: district seats × hosts × mandates × languages that are asked for there."""
    from api.export.atomic_file import write_whole
    from data.position_candidates import candidate_positions
    from data.position_file import write_positions

    rows = candidate_positions(*_read(folder, week))
    text = io.StringIO()
    write_positions(text, rows)
    write_whole(out, text.getvalue().encode("utf-8"))
    told.print(f"{len(rows)} positions: {out}", highlight=False)


def _read(folder: Path, week: str) -> "tuple[Problem, Gazetteer]":
    from api.studies.source import read_source

    source = read_source(folder, week, 1, ())
    show_findings(source.findings)
    if source.problem is None:
        fail("the files have errors; nothing was computed or written", BAD_INPUT)
    return source.problem, source.gazetteer


def _found(
    problem: "Problem", file: Path, gazetteer: "Gazetteer", most: int, keep: bool, as_json: bool
) -> "Frontier":
    """Read the positions, compute and judge."""
    from data.position import with_positions
    from data.position_file import read_positions
    from data.travel.estimate import Estimate
    from data.travel.provider import times_of
    from matching.check_frontier import check_frontier
    from matching.frontier import frontier as computed

    candidates = read_positions(file, problem, gazetteer)
    show_findings(candidates.findings)
    if not candidates.positions:
        fail("the positions have errors; nothing was computed or written", BAD_INPUT)
    field = with_positions(problem, candidates.positions, keep)
    times = times_of(field, Estimate.shipped())
    with stage_bars(as_json) as progress:
        found = computed(
            field, times, candidates.positions, most, progress=lambda share: progress("frontier", share)
        )
    if violations := check_frontier(field, times, candidates.positions, found):
        show_violations(violations)
        fail("the result breaks rules, so it was not written; please report this", RULES_BROKEN)
    return found
