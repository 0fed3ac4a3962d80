"""The commands that maintain the store: backup, restore, one person's data, retention, and the audit log."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.terminal.language import say
from api.cli.terminal.options import AsJson

if TYPE_CHECKING:
    from api.service.wiring import Service

# As in `api.cli.app`: slow imports happen where they are needed.

person = typer.Typer(
    help="What the store holds of one person: to hand out, or to erase.", no_args_is_help=True
)
audit = typer.Typer(help="The audit log: who changed what, and who read whose plan.", no_args_is_help=True)

BY_COMMAND = "command"
"""The user recorded for an action where nobody signed in."""

Id = Annotated[str, typer.Argument(metavar="ID", help="A buddy or a company, by its id.")]
InProgramme = Annotated[
    str, typer.Option("--programme", metavar="ID", help="Needed where there are several.")
]


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="Zip file to write.")]) -> None:
    """Write all of the store into one file, of one moment, while the service goes on."""
    from data.store.backup.write import back_up

    with open_service() as service:
        made = back_up(service.store, file)
    rows = sum(table.rows for table in made.tables.values())
    typer.echo(say().t("terminal_backed_up", count=rows, tables=len(made.tables)))


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="All that is in the store now goes.")] = False,
    accept_unknown: Annotated[
        bool,
        typer.Option("--accept-unknown-erasures", help="Without erasures.jsonl: some may come back."),
    ] = False,
) -> None:
    """Fill an empty store from a backup; whoever was erased since then stays erased."""
    from api.service.upkeep import journals_of
    from data.register.first_rows import fill_registers
    from data.store.backup.restore import restore as refill

    with open_service() as service:
        done = refill(
            service.store,
            file,
            *journals_of(service.settings),
            replace=replace,
            accept_unknown=accept_unknown,
        )
        fill_registers(service.store)
    rows = sum(table.rows for table in done.tables.values())
    typer.echo(say().t("terminal_restored", count=rows, moment=done.made_at))


@person.command("export")
def export_person(
    key: Id,
    programme: InProgramme = "",
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="File to write.")] = None,
) -> None:
    """Everything that is stored of one person, as JSON."""
    import json

    from api.files.atomic_file import write_whole
    from data.store.people.audit import AuditRow, audit_moment, keep_audit
    from data.store.privacy.person_export import person_export

    with open_service(migrated=True) as service, service.store.writing() as c:
        found = person_export(c, programme or only_programme(service), key)
        keep_audit(c, [AuditRow(audit_moment(False), BY_COMMAND, "", "export person", key, 200)])
    text = json.dumps(found, indent=2, ensure_ascii=False)
    if to is None:
        typer.echo(text)
    else:
        write_whole(to, text.encode())


@person.command("erase")
def erase_one(
    key: Id,
    programme: InProgramme = "",
    contact: Annotated[
        bool, typer.Option("--contact", help="Only the contact person of a company; its own name stays.")
    ] = False,
) -> None:
    """Erase who somebody is, to the last byte; plans stay, with the bare id."""
    from api.service.upkeep import erase, journals_of
    from data.store.privacy.erasure import Erased

    what = Erased.CONTACT if contact else Erased.PERSON
    with open_service(migrated=True) as service:
        chosen = programme or only_programme(service)
        erase(service.store, journals_of(service.settings), chosen, key, what, BY_COMMAND)
    typer.echo(say().t("terminal_erased", key=key))


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would go.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove what was kept long enough, class by class (docs/works-agreement.md)."""
    from api.cli.terminal.terminal import print_json
    from api.service.upkeep import journals_of, rules_of, sweep

    with open_service(migrated=True) as service:
        rules = rules_of(service.settings)
        counts = sweep(service.store, journals_of(service.settings), rules, date.today(), dry_run)
    if as_json:
        print_json(counts)
        return
    for name, count in counts.items():
        typer.echo(f"{name:<18} {count:>7,}")


@audit.command("check")
def check_audit_log(
    noted: Annotated[
        str, typer.Option("--noted", metavar="SEAL", help="A seal of an earlier check, which must be there.")
    ] = "",
) -> None:
    """Tell whether all rows are as they were sealed, or the first that were changed, removed or added."""
    from data.store.people.audit_check import check_audit

    with open_service(migrated=True) as service, service.store.reading() as c:
        found = check_audit(c, noted)
    day = found.day.isoformat() if found.day else "–"
    typer.echo(say().t("terminal_audit_kept", count=found.rows, day=day))
    if found.took:
        typer.echo(say().t("terminal_audit_took", count=found.took))
    if found.erasures:
        typer.echo(say().t("terminal_audit_erasures", count=found.erasures))
    if found.unsealed:
        typer.echo(say().t("terminal_audit_unsealed", count=found.unsealed))
    if found.seal:
        typer.echo(say().t("terminal_audit_seal", seal=found.seal))


@contextmanager
def open_service(migrated: bool = False) -> "Iterator[Service]":
    """Open the service that the settings name; backup and restore take the store without migrating it."""
    from api.service.settings import Settings
    from api.service.wiring import opened, wired

    service = (wired if migrated else opened)(Settings())
    try:
        yield service
    finally:
        service.close()


def only_programme(service: "Service") -> str:
    """Return the id of the only programme; if there are several, one must be named."""
    from api.cli.terminal.terminal import BAD_INPUT, fail
    from data.store.work.programmes import programme_ids

    with service.store.reading() as c:
        known = programme_ids(c)
    if len(known) != 1:
        fail(say().t("terminal_name_programme", known=", ".join(known) or "–"), BAD_INPUT)
    return known[0]
