"""The commands for what-if questions: check a scenario, run it, compare several."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.terminal.language import say, spoken
from api.cli.terminal.options import AsJson, Seed, Workers, known_week
from api.cli.terminal.terminal import BAD_INPUT, fail, print_json, results, show_findings, stage_bars

if TYPE_CHECKING:
    from api.studies.outcome.outcome import ScenarioOutcome
    from api.studies.outcome.scenario_files import Stack
    from api.studies.outcome.source import Source
    from data.model.findings import Finding

# As in `api.cli.app`: slow imports happen where they are needed.

scenario = typer.Typer(
    help="What if: scenarios checked, run and compared, every figure with its bound.", no_args_is_help=True
)

ProgrammeFolder = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        help="Folder of a programme or of a run; `demo` is an invented programme of 50 × 1,000.",
    ),
]
Files = Annotated[list[Path], typer.Argument(metavar="SCENARIO…", help="Scenario files, .toml or .json.")]
Week = Annotated[
    str,
    typer.Option(
        "--week", callback=known_week, help="First ISO week to plan; default: those that absences name."
    ),
]
Weeks = Annotated[
    int | None, typer.Option(min=0, max=52, help="How many weeks to plan; 0: only match. Default: 1.")
]
Stacked = Annotated[bool, typer.Option("--stack", help="Put the files one on top of the other, as one.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FOLDER", help="Where to keep outcomes and write what people open."),
]


@scenario.command()
def check(folder: ProgrammeFolder, files: Files, stack: Stacked = False, as_json: AsJson = False) -> None:
    """Show everything that is wrong with scenarios, or what they change; computes and writes nothing."""
    from api.studies.outcome.changes_shown import changes_shown
    from api.words.findings import finding_sentence

    source, stacks, findings = read_programme_and_scenarios(folder, files, stack, "", None)
    assert source.problem is not None
    shown = [changes_shown(source.problem, each) for each in stacks]
    if as_json:
        print_json({"findings": [finding_sentence(each, spoken()) for each in findings], "scenarios": shown})
        return
    for each in shown:
        typer.echo(each["name"])
        for line in each["changes"]:
            typer.echo(f"  {line}")


@scenario.command()
def run(
    folder: ProgrammeFolder,
    files: Files,
    week: Week = "",
    weeks: Weeks = None,
    stack: Stacked = False,
    seed: Seed = 0,
    out: Out = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Match and plan each scenario, and tell its figures with their bounds."""
    from api.studies.compare.tables import outcome_table

    source, stacks, _ = read_programme_and_scenarios(folder, files, stack, week, weeks)
    outcomes = _outcomes(source, stacks, seed, out, workers, as_json)
    if as_json:
        print_json({"outcomes": [{**each.model_dump(mode="json"), "hash": each.hash} for each in outcomes]})
        return
    for outcome in outcomes:
        results().print(outcome_table(outcome, spoken()))


@scenario.command()
def compare(
    folder: ProgrammeFolder,
    files: Files,
    week: Week = "",
    weeks: Weeks = None,
    stack: Stacked = False,
    seed: Seed = 0,
    out: Out = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Run today's programme and each scenario, and compare them: table, workbook, pictures, report."""
    from api.studies.compare.comparison import compared
    from api.studies.compare.tables import comparison_tables
    from api.studies.compare.words import comparison_words
    from api.studies.report.comparison_files import write_comparison
    from api.studies.report.run import folder_of

    source, stacks, _ = read_programme_and_scenarios(folder, files, stack, week, weeks)
    target = folder_of(source, out, "scenarios")
    outcomes = _outcomes(source, [(), *stacks], seed, target, workers, as_json)
    comparison = compared(outcomes)
    write_comparison(comparison, source, target, spoken())
    if as_json:
        print_json({**comparison.model_dump(mode="json"), "folder": str(target)})
        return
    shown = results()
    for table in comparison_tables(comparison, spoken(), shown.width):
        shown.print(table)
    for line in comparison_words(comparison, spoken()):
        typer.echo(line)
    typer.echo(str(target / "report.html"))


def read_programme_and_scenarios(
    folder: Path, files: Sequence[Path], stack: bool, week: str, weeks: int | None
) -> tuple["Source", tuple["Stack", ...], tuple["Finding", ...]]:
    """Read programme and scenarios; on any error, all findings are shown and nothing is run."""
    from api.studies.outcome.run_scenario import weeks_named
    from api.studies.outcome.scenario_files import check_stacks, read_stacks, wrong
    from api.studies.outcome.source import read_source

    stacks, findings = read_stacks(files, stack)
    source = read_source(folder, week, weeks, weeks_named([each for held in stacks for each in held]))
    show_findings(source.findings)
    if source.problem is None:
        fail(say().t("terminal_files_wrong"), BAD_INPUT)
    findings = tuple(dict.fromkeys((*findings, *check_stacks(source.problem, stacks))))
    show_findings(findings)
    if wrong(findings):
        fail(say().t("terminal_scenario_wrong"), BAD_INPUT)
    return source, stacks, findings


def _outcomes(
    source: "Source",
    stacks: Sequence["Stack"],
    seed: int,
    folder: Path | None,
    workers: int | None,
    as_json: bool,
) -> tuple["ScenarioOutcome", ...]:
    from api.studies.outcome.run_scenario import StudyOptions
    from api.studies.outcome.several import outcomes_of

    assert source.problem is not None
    options = StudyOptions(source.weeks, seed)
    with stage_bars(as_json) as progress:
        base, sources = source.base, source.sources
        return outcomes_of(source.problem, sources, stacks, options, base, folder, workers, progress)
