"""The command that runs a folder of scenarios, on one machine or many, and survives being killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.cli.scenario import ProgrammeFolder, Stacked, Week, Weeks, read_programme_and_scenarios
from api.cli.terminal.language import say, spoken
from api.cli.terminal.options import AsJson, Seed, Workers
from api.cli.terminal.terminal import BAD_INPUT, NOT_SOLVABLE, fail, messages, print_json, results, stage_bars
from data.base.stored_message import StoredMessage

# As in `api.cli.app`: slow imports happen where they are needed.

INTERRUPTED = 130
"""The exit status of a command interrupted with Ctrl-C."""

SomeFiles = Annotated[
    list[Path],
    typer.Argument(
        metavar="[SCENARIO]…",
        help="Scenario files, .toml or .json.",
        default_factory=list,
        show_default=False,
    ),
]
Scheduler = Annotated[
    str,
    typer.Option(
        metavar="tcp://HOST:PORT", help="A Dask scheduler whose workers compute, instead of this machine."
    ),
]


def batch(
    folder: ProgrammeFolder,
    files: SomeFiles,
    of: Annotated[
        Path | None, typer.Option("--folder", help="Folder of which every .toml and .json is a scenario.")
    ] = None,
    out: Annotated[
        Path, typer.Option(help="Folder of the batch; started again, it goes on where it was.")
    ] = Path("batch"),
    week: Week = "",
    weeks: Weeks = None,
    stack: Stacked = False,
    seed: Seed = 0,
    workers: Workers = None,
    scheduler: Scheduler = "",
    as_json: AsJson = False,
) -> None:
    """Run many scenarios side by side; what is finished is kept, whatever ends the command."""
    from api.studies.batch.executors import Where
    from api.studies.batch.scenario_batch import Shared, run_scenarios
    from api.studies.outcome.run_scenario import StudyOptions

    where = Where(workers, scheduler)
    asked = [*files, *scenarios_in(of)]
    if not asked:
        fail(say().t("terminal_no_scenario"), BAD_INPUT)
    source, stacks, _ = read_programme_and_scenarios(folder, asked, stack, week, weeks)
    assert source.problem is not None
    shared = Shared(source.problem, source.sources, source.base, StudyOptions(source.weeks, seed))
    with kept_at(out), stage_bars(as_json) as progress:
        done = run_scenarios(
            out, shared, stacks, where, lambda count, whole: progress("scenarios", count / whole)
        )
    tell_failed(done.failed)
    if as_json:
        rows = [each.model_dump(mode="json") for each in done.outcomes]
        failed = {name: reason.model_dump() for name, reason in done.failed.items()}
        print_json({"folder": str(out), "outcomes": rows, "failed": failed})
    else:
        made = say().t("terminal_outcomes", made=len(done.outcomes), of=len(stacks) + 1, folder=out)
        results().print(made, highlight=False)
    if done.failed:
        raise typer.Exit(NOT_SOLVABLE)


@contextmanager
def kept_at(folder: Path) -> Iterator[None]:
    """After Ctrl-C, say which results are stored where, and end the command."""
    try:
        yield
    except KeyboardInterrupt:
        finished = len(list(folder.glob("parts/*.json")))
        fail(say().t("terminal_interrupted", count=finished, folder=folder), INTERRUPTED)


def scenarios_in(folder: Path | None) -> list[Path]:
    """Return the scenario files of a folder by name; fails if it has none."""
    if folder is None:
        return []
    found = sorted(file for file in folder.glob("*") if file.suffix.lower() in {".toml", ".json"})
    if not found:
        fail(say().t("terminal_no_scenario_in", folder=folder), BAD_INPUT)
    return found


def tell_failed(failed: dict[str, StoredMessage]) -> None:
    """Show each part that failed, with its reason."""
    from api.words.sentence import sentence

    for name, reason in failed.items():
        line = f"{name}: {sentence(reason.said, spoken())}"
        messages().print(line, style="red", markup=False, highlight=False, soft_wrap=True)
