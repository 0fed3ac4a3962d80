"""The commands that tell how many buddies it takes: the coverage frontier and its candidate positions."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import AsJson, FirstWeek, Folder, Online
from api.terminal import BAD_INPUT, fail, show_findings, stage_bars, told
from data.calendar import iso_week

if TYPE_CHECKING:
    from api.studies.source import Source
    from data.frontier import Frontier

# As in `api.cli`: what takes long to load is imported where it is needed.

English = Annotated[bool, typer.Option("--english", help="Words of table and picture in English.")]


def frontier(
    folder: Folder,
    positions: Annotated[Path, typer.Option(metavar="FILE", help="Candidate positions, a CSV file.")],
    most: Annotated[int, typer.Option(min=1, max=500, help="Up to so many positions.")] = 50,
    keep: Annotated[bool, typer.Option("--keep", help="Beside the present buddies, not instead.")] = False,
    week: FirstWeek = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the files; of a run: frontier in it.")
    ] = None,
    online: Online = "",
    english: English = False,
    as_json: AsJson = False,
) -> None:
    """What 1, 2 … positions can serve at best, with a proved bound and what it costs (docs/frontier.md)."""
    from rich.console import Console

    from api.frontier_files import frontier_json, write_frontier
    from api.frontier_table import frontier_table
    from api.studies.run_report import folder_of, write_run_report

    source = _source(folder, week, online)
    found = _found(source, positions, most, keep, as_json)
    target = folder_of(source, out, "frontier") if out or source.run else None
    if target is not None:
        write_frontier(target, found, english)
        write_run_report(source, target)
    if as_json:
        typer.echo(frontier_json(found), nl=False)
    else:
        Console().print(frontier_table(found, english))
        if target is not None:
            told.print(f"written: {target}", highlight=False)


def positions(
    folder: Folder,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="CSV file to write.")],
    week: FirstWeek = "",
    online: Online = "",
) -> None:
    """Write candidate positions: district seats × hosts × mandates × languages that are asked for there."""
    from api.export.atomic_file import write_whole
    from data.position_candidates import candidate_positions
    from data.position_file import write_positions

    source = _source(folder, week, online)
    assert source.problem is not None
    rows = candidate_positions(source.problem, source.gazetteer)
    text = io.StringIO()
    write_positions(text, rows)
    write_whole(out, text.getvalue().encode("utf-8"))
    told.print(f"{len(rows)} positions: {out}", highlight=False)


def _source(folder: Path, week: str, online: str) -> "Source":
    """Read the folder of a run, or the files of a programme; fails where they have errors."""
    from api.export.atomic_folder import MANIFEST
    from api.programme import gazetteer_for, read_folder
    from api.studies.source import Source, read_source

    if (folder / MANIFEST).is_file():
        return read_source(folder, week, 0, ())
    gazetteer = gazetteer_for(folder, online)
    reading = read_folder(folder, week or iso_week(date.today() + timedelta(weeks=1)), 1, gazetteer)
    show_findings(reading.findings)
    if reading.problem is None:
        fail("the files have errors; nothing was computed or written", BAD_INPUT)
    return Source(reading.problem, reading.findings, (), reading.identities, gazetteer)


def _found(source: "Source", file: Path, most: int, keep: bool, as_json: bool) -> "Frontier":
    """Read the positions, compute and judge."""
    from api.studies.frontier_study import frontier_study
    from data.position_file import read_positions

    assert source.problem is not None
    candidates = read_positions(file, source.problem, source.gazetteer)
    show_findings(candidates.findings)
    if not candidates.positions:
        fail("the positions have errors; nothing was computed or written", BAD_INPUT)
    with stage_bars(as_json) as progress:
        return frontier_study(source.problem, source.base, candidates.positions, most, keep, progress)
