"""The command that measures what illness, arrivals and cancellations do to a plan, for each scenario."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.scenario import ProgrammeFolder, Stacked, Week, read_programme_and_scenarios
from api.cli.studies.batch import Scheduler, SomeFiles, kept_at, tell_failed
from api.cli.terminal.language import say, spoken
from api.cli.terminal.options import AsJson, Workers
from api.cli.terminal.terminal import NOT_SOLVABLE, RULES_BROKEN, fail, print_json, print_table, stage_bars

if TYPE_CHECKING:
    pass

# As in `api.cli.app`: slow imports happen where they are needed.


def stress(
    folder: ProgrammeFolder,
    files: SomeFiles,
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="How many draws.")] = 100,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="The same seed draws the same.")] = 1,
    rates: Annotated[
        Path | None, typer.Option(metavar="FILE", help="TOML of rates; default: those of docs/stress.md.")
    ] = None,
    week: Week = "",
    weeks: Annotated[int, typer.Option(min=1, max=52, help="How many weeks are planned and drawn.")] = 4,
    stack: Stacked = False,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder of draws and results; started again, it goes on where it was. Default: stress."
        ),
    ] = None,
    workers: Workers = None,
    scheduler: Scheduler = "",
    as_json: AsJson = False,
) -> None:
    """Draw absences, arrivals and cancellations, plan each draw again, and tell what is delivered."""
    from api.studies.batch.executors import Where
    from api.studies.report.run import folder_of, write_run_report
    from api.studies.stress.files import write_stress
    from api.studies.stress.rates import read_rates
    from api.studies.stress.study import StressOptions
    from api.studies.stress.study import stress as stressed
    from api.studies.stress.words import headings, rows, sentences
    from api.words.catalogue import languages
    from api.words.sentence import sentence

    where, known = Where(workers, scheduler), read_rates(rates)
    source, stacks, _ = read_programme_and_scenarios(folder, files, stack, week, weeks)
    assert source.problem is not None
    options = StressOptions(source.weeks, draws, seed, known)
    target = folder_of(source, out, "stress")
    with kept_at(target), stage_bars(as_json) as progress, where.executor() as executor:
        found = stressed(
            target, source.problem, source.sources, stacks, source.base, options, executor, progress
        )
    written = write_stress(found, target, spoken())
    write_run_report(source, target)
    if as_json:
        lines = {"sentences": {each: sentences(found, each) for each in languages()}}
        print_json(found.model_dump(mode="json") | lines)
    else:
        print_table(headings(spoken()), rows(found, spoken()))
        for line in (*sentences(found, spoken()), *map(str, written)):
            typer.echo(line)
    tell_failed(found.failed)
    if found.faults:
        told = (sentence(fault, spoken()) for fault in found.faults[:20])
        fail("\n".join((*told, say().t("terminal_plan_wrong"))), RULES_BROKEN)
    if found.failed:
        raise typer.Exit(NOT_SOLVABLE)
