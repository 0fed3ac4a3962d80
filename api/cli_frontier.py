"""The commands that tell how many buddies it takes: the coverage frontier and its candidate positions."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import AsJson, FirstWeek, Folder, Online
from api.terminal import BAD_INPUT, RULES_BROKEN, fail, show_findings, show_violations, stage_bars, told
from data.calendar import iso_week

if TYPE_CHECKING:
    from data.frontier import Frontier
    from data.gazetteer import Gazetteer
    from data.problem import Problem

# As in `api.cli`: what takes long to load is imported where it is needed.

English = Annotated[bool, typer.Option("--english", help="Words of table and picture in English.")]


def frontier(
    folder: Folder,
    positions: Annotated[Path, typer.Option(metavar="FILE", help="Candidate positions, a CSV file.")],
    most: Annotated[int, typer.Option(min=1, max=500, help="Up to so many positions.")] = 50,
    keep: Annotated[bool, typer.Option("--keep", help="Beside the present buddies, not instead.")] = False,
    week: FirstWeek = "",
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the files.")] = None,
    online: Online = "",
    english: English = False,
    as_json: AsJson = False,
) -> None:
    """What 1, 2 … positions can serve at best, with a proved bound and what it costs (docs/frontier.md)."""
    from rich.console import Console

    from api.frontier_files import frontier_json, write_frontier
    from api.frontier_table import frontier_table
    from api.programme import gazetteer_for

    gazetteer = gazetteer_for(folder, online)
    problem = _problem(folder, week, gazetteer)
    found = _found(problem, positions, gazetteer, most, keep, as_json)
    if out is not None:
        write_frontier(out, found, english)
    if as_json:
        typer.echo(frontier_json(found), nl=False)
    else:
        Console().print(frontier_table(found, english))
        if out is not None:
            told.print(f"written: {out}", highlight=False)


def positions(
    folder: Folder,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="CSV file to write.")],
    week: FirstWeek = "",
    online: Online = "",
) -> None:
    """Write candidate positions: district seats × hosts × mandates × languages that are asked for there."""
    from api.export.atomic_file import write_whole
    from api.programme import gazetteer_for
    from data.position_candidates import candidate_positions
    from data.position_file import write_positions

    gazetteer = gazetteer_for(folder, online)
    rows = candidate_positions(_problem(folder, week, gazetteer), gazetteer)
    text = io.StringIO()
    write_positions(text, rows)
    write_whole(out, text.getvalue().encode("utf-8"))
    told.print(f"{len(rows)} positions: {out}", highlight=False)


def _problem(folder: Path, week: str, gazetteer: "Gazetteer") -> "Problem":
    from api.programme import read_folder

    reading = read_folder(folder, week or iso_week(date.today() + timedelta(weeks=1)), 1, gazetteer)
    show_findings(reading.findings)
    if reading.problem is None:
        fail("the files have errors; nothing was computed or written", BAD_INPUT)
    return reading.problem


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
