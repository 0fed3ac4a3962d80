"""The commands for the register: take files into it, and write it as files."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.cli.store import BY_COMMAND, InProgramme, only_programme, open_service
from api.cli.terminal.language import say, spoken
from api.cli.terminal.options import AsJson
from api.cli.terminal.proposed import proposal_counts, show_proposal
from api.cli.terminal.terminal import BAD_INPUT, fail, print_json, show_findings

# As in `api.cli.app`: slow imports happen where they are needed.

register = typer.Typer(help="The rows of a programme in the service, as files.", no_args_is_help=True)


@register.command("import")
def import_files(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of tables, or a workbook.")],
    apply: Annotated[
        bool, typer.Option("--apply/--dry-run", help="Change the register; otherwise say what would change.")
    ] = False,
    complete: Annotated[
        bool, typer.Option("--complete", help="The lists are complete: end the rows that they lack.")
    ] = False,
    weeks: Annotated[int, typer.Option(min=1, max=53, help="So many weeks are planned, usually.")] = 4,
    as_json: AsJson = False,
) -> None:
    """Take files into the register: rows are added and changed, and with --complete ended."""
    from api.run.registered.programmes import Programmes
    from api.run.registered.read_files import read_files
    from api.run.registered.taken_files import proposed, take_files, try_out
    from data.base.dates import iso_week
    from data.model.problem import Horizon
    from data.register.changes.enter import By
    from data.register.changes.errors import RowsWrong
    from data.store.register.change_sets import Source

    programmes = Programmes()
    with open_service(migrated=True) as service:
        with service.store.reading() as c:
            read = read_files(c, programmes, folder, complete)
            if read.files is None:
                show_findings(read.findings)
                fail(say().t("terminal_files_wrong"), BAD_INPUT)
            proposal, changed = proposed(c, programmes.registers, read.programme.id, read.files), None
        try:
            if apply:
                horizon = Horizon(first_week=iso_week(date.today()), weeks=weeks)
                by = By(BY_COMMAND, Source.IMPORT)
                with service.store.writing() as c:
                    taken = take_files(c, programmes, read.programme, read.files, horizon, by)
                findings, changed = taken.findings, taken.entered.change_set
            else:
                findings = try_out(read.programme, proposal, read.files, BY_COMMAND)
        except RowsWrong as wrong:
            show_findings(wrong.findings)
            fail(say().t("terminal_files_wrong"), BAD_INPUT)
    if as_json:
        print_json(proposal_counts(proposal) | {"change_set": changed.number if changed else None})
        return
    show_findings(findings)
    show_proposal(proposal)
    done = "terminal_register_taken" if changed else "terminal_register_same"
    typer.echo(say().t(done if apply else "terminal_register_dry_run"))


@register.command("export")
def export_register(
    to: Annotated[
        Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx), or a folder for CSV files.")
    ],
    programme: InProgramme = "",
) -> None:
    """Write the register as files, which `register import` reads back without a change."""
    from api.run.registered.programmes import Programmes
    from api.words.sentence import sentence
    from data.register.lists.to_files import tables_of
    from data.tables.files.policy_file import policy_toml
    from data.tables.reader import POLICY
    from data.tables.writer import write_tables, write_xlsx_tables

    with open_service(migrated=True) as service, service.store.reading() as c:
        chosen = programme or only_programme(service)
        programmes = Programmes()
        rows, state = programmes.register(c, chosen), programmes.defined(c, chosen).state
    tables = tables_of(rows)
    if to.suffix.lower() == ".xlsx":
        write_xlsx_tables(to, tables)
    else:
        write_tables(to, tables)
        text = policy_toml(rows.policy, lambda said: sentence(said, spoken()), chosen, state)
        (to / POLICY).write_text(text, encoding="utf-8")
    typer.echo(say().t("terminal_register_written", count=sum(map(len, tables.values())), file=to))
