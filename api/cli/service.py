"""The commands that run the service: all of it, a worker alone, and the nightly run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.terminal.language import say, spoken
from api.cli.terminal.options import AsJson, Explain, FirstWeek, Folder, Out, Seed, Weeks
from api.cli.terminal.terminal import (
    BAD_INPUT,
    fail,
    messages,
    print_json,
    results,
    show_findings,
    stage_bars,
)

if TYPE_CHECKING:
    from api.service.settings import Settings

# As in `api.cli.app`: slow imports happen where they are needed.

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder of store and queue; default: the user's data folder."),
]


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; default: this machine alone.")
    ] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Run the service: web and worker, each started again when it dies, until SIGTERM or Ctrl-C."""
    from api.service.logs import start_logging
    from api.service.supervisor import setup_code, supervise
    from api.service.wiring import wired

    settings = _settings(host=host, port=port, data_dir=data_dir)
    _expect_free(settings.host, settings.port)
    start_logging("supervisor")
    service = wired(settings)
    code = setup_code(service.store, settings.data_dir)
    service.close()
    if code is not None:
        messages().print(say().t("terminal_first_user", code=code), highlight=False)
    messages().print(f"http://{settings.host}:{settings.port}", highlight=False)
    supervise(settings)


def _expect_free(host: str, port: int) -> None:
    """End with a sentence where nobody could reach the service: before anything is begun or printed."""
    import socket

    from api.words.sentence import sentence
    from data.base.foreign_errors import why_unopened

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        why = sentence(why_unopened(error), say().language)
        fail(say().t("terminal_cannot_listen", host=host, port=port, why=why), BAD_INPUT)


def worker(data_dir: DataDir = None) -> None:
    """Run a worker alone, beside a service on another machine or to try something."""
    import os

    from api.jobs.worker import work_until_told
    from api.service.settings import environment_of

    os.environ.update(environment_of(_settings(data_dir=data_dir)))
    work_until_told()


def nightly(
    folder: Folder,
    week: FirstWeek = "",
    weeks: Weeks = 1,
    programme: Annotated[str, typer.Option(metavar="ID", help="Default: what the files say.")] = "",
    seed: Seed = 0,
    explain: Explain = 3,
    out: Out = Path("nightly"),
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Import a programme's files, match and plan the coming week as a draft, and write all files."""
    from api.cli.terminal.proposed import proposal_counts, show_proposal
    from api.cli.terminal.summary import summary_json, summary_table
    from api.jobs.nightly import Night, coming_week, run_night
    from api.planning.programme import read_folder
    from api.planning.week_input import next_week
    from api.service.sources import sources_in
    from api.service.wiring import wired

    sources = sources_in(folder)
    reading = read_folder(folder, week or next_week(), weeks, sources)
    show_findings(reading.findings)
    if reading.problem is None:
        fail(say().t("terminal_files_wrong"), BAD_INPUT)
    service = wired(_settings(data_dir=data_dir))
    key = programme or reading.problem.programme.id
    first = week or coming_week(service, key)
    with stage_bars(as_json) as progress:
        asked = Night(key, first, weeks, seed, explain, out, spoken())
        done = run_night(service, reading, asked, sources, progress)
    service.close()
    if as_json:
        counts = proposal_counts(done.proposal)
        told_of = {"matching": done.matching, "plan": done.plan, "new": done.new, "proposal": counts}
        print_json(summary_json(done.run, out) | told_of)
        return
    show_proposal(done.proposal)
    results().print(summary_table(done.run, say(), out))
    typer.echo(say().t("terminal_new_draft" if done.new else "terminal_same_draft", plan=done.plan))


def _settings(**given: Any) -> "Settings":
    from api.service.settings import Settings

    return Settings(**{name: value for name, value in given.items() if value is not None})
