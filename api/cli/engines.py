"""The commands for the engines alone: solving JSON files, and studies that tune the engines."""

import sys
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.terminal.options import InstanceFile, Seconds, Seed, Threads, Work, Workers
from api.cli.terminal.terminal import NOT_SOLVABLE, print_json, stage_bars
from data.base.errors import BuddyplanError
from data.base.message import message

if TYPE_CHECKING:
    from data.base.status import Status

TINY = 3
"""Weeks of so few visits are solved before the machine code of the kernels would be loaded."""

# As in `api.cli.app`: slow imports happen where they are needed.

solve = typer.Typer(help="The engines on their own, on JSON files.", no_args_is_help=True)
study = typer.Typer(
    help="Studies on invented programmes, for those who tune the engines.", no_args_is_help=True
)


@solve.command("week")
def solve_week_file(
    file: InstanceFile, seconds: Seconds = None, work: Work = None, workers: Threads = 1, seed: Seed = 0
) -> None:
    """Solve one buddy's week (docs/solver-files.md) and print the result as JSON."""
    from data.base.compiled import interpreted_kernels
    from scheduling.week.files import parse_week, result_json
    from scheduling.week.solve import WeekOptions, solve_week

    week = parse_week(_text(file))
    with interpreted_kernels() if len(week.visits) <= TINY else nullcontext():
        result = solve_week(week, WeekOptions(seconds, work, workers, seed))
    _finish(result_json(result), result.status)


@solve.command("assignment")
def solve_assignment_file(
    file: InstanceFile, seconds: Seconds = None, work: Work = None, workers: Threads = 1, seed: Seed = 0
) -> None:
    """Solve an assignment with capacities (docs/solver-files.md) and print the result as JSON."""
    from matching.assignment.instance import parse_assignment, result_json
    from matching.assignment.solve import AssignmentOptions, solve_assignment

    options = AssignmentOptions(seconds, work, workers, seed)
    result = solve_assignment(parse_assignment(_text(file)), options)
    _finish(result_json(result), result.status)


@study.command("calibrate")
def calibrate_travel(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="JSON file to write the coefficients to.")],
    version: Annotated[str, typer.Option(help="What the coefficients are called.")],
    workers: Workers = None,
) -> None:
    """Fit expected travel to planned weeks of invented programmes, and print the fit and its error."""
    from api.files.json_text import json_text
    from api.studies.calibrate.study import calibrate
    from scheduling.plan.plan_weeks import process_pool

    with stage_bars(False) as progress, process_pool(workers) as pool:
        found = calibrate(version, pool, lambda share: progress("calibrate", share))
    out.write_text(json_text(found.coefficients), encoding="utf-8")
    shown = asdict(found) | {"coefficients": found.coefficients.model_dump()}
    print_json(shown)


def _text(file: str) -> str:
    raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BuddyplanError(message("file_not_utf8", file=file, start=error.start)) from None


def _finish(result: str, status: "Status") -> None:
    from data.base.status import Status

    typer.echo(result)
    if status in (Status.INFEASIBLE, Status.UNKNOWN):
        raise typer.Exit(NOT_SOLVABLE)
