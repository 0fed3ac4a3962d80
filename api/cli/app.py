"""The `buddyplan` command. Exit status: 0 done, 2 bad input, 3 not solvable, 4 violated rules found."""

import os
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
import typer.exceptions

from api.cli.begin import init, template
from api.cli.engines import solve, study
from api.cli.published import explain_run, export, replan, slots
from api.cli.register import register
from api.cli.reports import report
from api.cli.scenario import scenario
from api.cli.service import nightly, serve, worker
from api.cli.store import audit, backup, person, restore, retention
from api.cli.studies.batch import batch
from api.cli.studies.frontier import frontier, positions
from api.cli.studies.hire import hire
from api.cli.studies.stress import stress
from api.cli.terminal.language import give_language, language_in, say, speak, spoken
from api.cli.terminal.options import (
    AsJson,
    Explain,
    FirstWeek,
    Folder,
    Online,
    Out,
    Refine,
    Seed,
    State,
    Weeks,
    Workers,
    typed,
)
from api.cli.terminal.terminal import (
    BAD_INPUT,
    RULES_BROKEN,
    fail,
    has_desktop,
    messages,
    print_json,
    results,
    show_findings,
    show_violations,
    stage_bars,
)
from api.cli.users import user
from data.base.errors import BuddyplanError
from data.base.foreign_errors import why_unopened
from data.base.message import Message, message
from data.reference.shipped import STATE_UNLESS_SAID

if TYPE_CHECKING:
    from api.planning.from_files import RunOptions
    from data.base.status import Violation
    from data.model.findings import Finding
    from data.reference.sources import Sources
    from data.tables.read import Reading

# The engines take seconds to load, so commands import them; `--help` and option errors answer at once.

app = typer.Typer(
    help="Assigns companies to job buddies and plans the buddies' weeks, with proof and with reasons.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(solve, name="solve")
app.add_typer(study, name="study")
app.add_typer(user, name="user")
app.add_typer(report, name="report")
app.add_typer(register, name="register")
app.add_typer(person, name="person")
app.add_typer(audit, name="audit")
app.add_typer(scenario, name="scenario")


def main() -> NoReturn:
    """Run the command; an input error is one sentence, never a traceback."""
    # Otherwise the processes that it starts would import a json.py of the folder that somebody works in.
    os.environ["PYTHONSAFEPATH"] = "1"
    speak(language_in(sys.argv[1:]))
    try:
        words = [typed(each) for each in sys.argv[1:]]
        status = app(args=words, prog_name="buddyplan", standalone_mode=False)
    except BuddyplanError as error:
        _fail(error.said, error.exit_status)
    except ModuleNotFoundError as error:
        _fail(message("package_missing", package=error.name), BAD_INPUT)
    except OSError as error:
        why = why_unopened(error)
        _fail(message("not_opened", file=error.filename, why=why) if error.filename else why, BAD_INPUT)
    except typer.exceptions.TyperException as error:
        from api.cli.terminal.usage import usage_words

        fail(usage_words(error, say()), BAD_INPUT)
    sys.exit(status if isinstance(status, int) else 0)


def _fail(said: Message, status: int) -> NoReturn:
    from api.words.sentence import sentence

    fail(sentence(said, spoken()), status)


@app.command()
def demo(
    buddies: Annotated[int, typer.Option(min=1, max=10**5, help="Job buddies to invent.")] = 50,
    companies: Annotated[int, typer.Option(min=1, max=10**6, help="Companies to invent.")] = 1000,
    weeks: Weeks = 1,
    seed: Seed = 1,
    state: State = STATE_UNLESS_SAID,
    out: Out = Path("out"),
    workers: Workers = None,
    refine: Refine = None,
    explain: Explain = 3,
    show: Annotated[
        bool, typer.Option("--open/--no-open", help="Open report.html, where there is a desktop.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Invent a programme in a German state, match and plan it, and write the result to open."""
    from api.planning.from_files import RunOptions
    from api.planning.programme import read_demo
    from api.service.sources import shipped_sources

    options, sources = RunOptions(weeks, workers, seed, refine, explain), shipped_sources(state)
    _run(lambda: read_demo(buddies, companies, seed, weeks, state=state), options, sources, out, as_json)
    if show and not as_json and has_desktop():
        webbrowser.open((out / "report.html").resolve().as_uri())


@app.command("check-data")
def check_data(folder: Folder, week: FirstWeek = "", online: Online = "", as_json: AsJson = False) -> None:
    """Read a programme's files and show everything that is wrong in them; computes and writes nothing."""
    from api.planning.programme import read_folder
    from api.planning.week_input import next_week
    from api.service.sources import sources_in

    reading = read_folder(folder, week or next_week(), 1, sources_in(folder), online)
    if as_json:
        print_json({"findings": [_finding_json(finding) for finding in reading.findings]})
    else:
        show_findings(reading.findings)
    if reading.problem is None:
        raise typer.Exit(BAD_INPUT)


@app.command()
def match(
    folder: Folder,
    week: FirstWeek = "",
    seed: Seed = 0,
    out: Out = Path("out"),
    workers: Workers = None,
    refine: Refine = None,
    explain: Explain = 3,
    online: Online = "",
    as_json: AsJson = False,
) -> None:
    """Decide who looks after whom, and write it with its reasons."""
    from api.planning.from_files import RunOptions

    _run_folder(folder, week, RunOptions(0, workers, seed, refine, explain), out, online, as_json)


@app.command()
def plan(
    folder: Folder,
    week: FirstWeek = "",
    weeks: Weeks = 1,
    seed: Seed = 0,
    out: Out = Path("out"),
    workers: Workers = None,
    refine: Refine = None,
    explain: Explain = 3,
    online: Online = "",
    as_json: AsJson = False,
) -> None:
    """Match, then plan every buddy's weeks with proof, and write the files that people open."""
    from api.planning.from_files import RunOptions

    _run_folder(folder, week, RunOptions(weeks, workers, seed, refine, explain), out, online, as_json)


@app.command()
def check(out: Annotated[Path, typer.Argument(help="Folder of a run.")], as_json: AsJson = False) -> None:
    """Recompute every rule and objective of a run from its folder alone, without a solver."""
    from api.export.run_folder.read import read_run
    from api.planning.check_run import check_run

    found = check_run(read_run(out))
    if as_json:
        print_json({"violations": [_violation_json(violation) for violation in found]})
    else:
        show_violations(found)
        if not found:
            messages().print(say().t("terminal_rule_kept"))
    if found:
        raise typer.Exit(RULES_BROKEN)


app.command()(init)
app.command()(template)
scenario.command()(batch)
scenario.command()(stress)
scenario.command()(hire)
scenario.command()(frontier)
scenario.command()(positions)
app.command("explain")(explain_run)
app.command()(replan)
app.command()(slots)
app.command()(export)
app.command()(backup)
app.command()(restore)
app.command()(retention)
app.command()(serve)
app.command()(worker)
app.command()(nightly)
give_language(app)


def _run_folder(
    folder: Path, week: str, options: "RunOptions", out: Path, online: str, as_json: bool
) -> None:
    from api.planning.programme import read_folder
    from api.planning.week_input import next_week
    from api.service.sources import sources_in

    sources, first = sources_in(folder), week or next_week()
    _run(lambda: read_folder(folder, first, options.weeks, sources, online), options, sources, out, as_json)


def _run(
    read: Callable[[], "Reading"], options: "RunOptions", sources: "Sources", out: Path, as_json: bool
) -> None:
    """Compute, judge, write and summarize; a run that the judge rejects is not written."""
    from api.cli.terminal.summary import summary_json, summary_table
    from api.planning.from_files import plan_and_write

    with stage_bars(as_json) as progress:
        done = plan_and_write(read, options, sources, out, spoken(), progress)
    show_findings(done.findings)
    if done.violations:
        show_violations(done.violations)
        fail(say().t("terminal_not_written"), RULES_BROKEN)
    if done.run is None:
        fail(say().t("terminal_files_wrong"), BAD_INPUT)
    if as_json:
        print_json(summary_json(done.run, out))
    else:
        results().print(summary_table(done.run, say(), out))


def _violation_json(violation: "Violation") -> dict[str, Any]:
    from api.words.sentence import sentence

    return violation.model_dump(mode="json") | {"sentence": sentence(violation.said, spoken())}


def _finding_json(finding: "Finding") -> dict[str, Any]:
    from api.words.findings import finding_answer, finding_sentence

    return finding_answer(finding).model_dump(mode="json") | {"sentence": finding_sentence(finding, spoken())}
