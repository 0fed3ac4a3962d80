"""The commands for reports on work done, for the bodies that fund it."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.store import InProgramme, only_programme, open_service
from api.cli.terminal.language import say
from api.cli.terminal.options import AsJson

if TYPE_CHECKING:
    from data.model.identity import Identities
    from data.model.problem import Problem
    from data.reference.sources import Sources

# As in `api.cli.app`: slow imports happen where they are needed.

report = typer.Typer(help="Reports on what was done, for those who pay for it.", no_args_is_help=True)
DAY = "%Y-%m-%d"


@report.callback()
def reports() -> None:
    """Reports on what was done, for those who pay for it."""


@report.command()
def funding(
    host: Annotated[str, typer.Option(metavar="ID", help="Whose buddies.")],
    first: Annotated[datetime, typer.Option("--from", formats=[DAY], help="First day.")],
    last: Annotated[datetime, typer.Option("--to", formats=[DAY], help="Last day.")],
    folder: Annotated[
        Path | None, typer.Argument(metavar="[RUN]", help="Folder of a run; without it, the store.")
    ] = None,
    programme: InProgramme = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="File to write, .xlsx or .pdf.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What a funding body asks for, by district and month: every figure with the contacts that it sums.

    From the store it counts what was imported, and the contacts that buddies logged since.
    """
    from api.cli.terminal.terminal import BAD_INPUT, fail, print_json
    from api.export.funding.figures import funding_report
    from api.export.funding.pdf import funding_pdf
    from api.export.funding.xlsx import funding_workbook
    from api.files.atomic_file import write_whole

    writers, speaker = {".xlsx": funding_workbook, ".pdf": funding_pdf}, say()
    if out is not None and out.suffix.lower() not in writers:
        fail(speaker.t("terminal_neither_format", file=out.name), BAD_INPUT)
    problem, identities, sources = _reported(folder, programme)
    made = funding_report(problem, problem.history, host, first.date(), last.date())
    if out is not None:
        writer = writers[out.suffix.lower()]
        write_whole(out, writer(made, problem, identities, sources.gazetteer, speaker))
    if as_json:
        print_json(made.model_dump(mode="json"))
        return
    whole = made.whole
    counts = {name: speaker.number(getattr(whole, name)) for name in ("contacts", "companies", "specialists")}
    hours, distance = speaker.hours(whole.care_min + whole.travel_min), speaker.km(whole.distance_m)
    typer.echo(speaker.t("terminal_funding", hours=hours, distance=distance, **counts))


def _reported(folder: Path | None, programme: str) -> "tuple[Problem, Identities, Sources]":
    """Return the problem with all its contacts, the names and sources, from a run's folder or the store."""
    from api.export.run_folder.read import read_run
    from api.run.registered.programmes import Programmes
    from api.run.stored_sources import sources_of_programme
    from data.store.work.programmes import identities_of

    if folder is not None:
        run = read_run(folder)
        return run.problem, run.identities, run.sources
    with open_service(migrated=True) as service, service.store.reading() as c:
        chosen = programme or only_programme(service)
        programmes = Programmes()
        problem = programmes.problem(c, chosen, programmes.horizon(c, chosen))
        return problem, identities_of(c, chosen), sources_of_programme(c, chosen)
