"""Imports: a programme's files become a problem, or findings that explain why not."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from fastapi import File, Form, Response, UploadFile
from pydantic import Field, Json

from api.http.frame.auth import ByCoordinatorOfAll, Idempotent, InProgramme, Serving
from api.http.frame.errors import Forbidden, WrongInput, problems
from api.http.frame.schemas import Key, Page, PageTurn, Schema
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.programme.headers import Headers, Name, received
from api.planning.programme import LEAST_HORIZON
from api.planning.week_input import week_that_is
from api.run.registered.read_files import ReadFiles, Said, read_files
from api.run.registered.taken_files import Files, Taken, proposed, take_files, try_out
from api.words.findings import FindingAnswer, finding_answer
from data.access import in_programme
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.findings import Finding
from data.model.problem import Horizon
from data.register.changes.enter import By
from data.register.changes.errors import Clash, RowsChanged
from data.register.lists.proposal import FieldChange, FieldKey, Proposal, RowChange
from data.register.rows.kinds import KINDS
from data.store.database.record import NotThere
from data.store.register.change_sets import Source
from data.store.register.remembered import About, remember
from data.store.work.listings import StoredImport, import_of, imports_before
from data.tables.files.sheet import LONGEST_CELL
from data.tables.lists.corrected import CorrectedCell

MOST_SHOWN = 500
"""So many fields that differ are told."""

Text = Annotated[str, Field(max_length=LONGEST_CELL)]

router = Router(prefix="/imports", tags=["imports"], responses=problems(401, 403, 422, 500))


class ImportAnswer(Schema):
    """An import; `problem` is the hash of the imported data."""

    id: str
    programme: str = Field(examples=["sachsen-anhalt"])
    problem: str
    warnings: int
    repaired: int
    created_at: datetime


class FieldDiffers(Schema):
    """A field in which files and register differ; in a `conflict` both changed since the last import."""

    entity: str = Field(examples=["companies"])
    id: str = Field(examples=["c0001"])
    column: str = Field(examples=["employees"])
    imported: str | None = Field(examples=["20"], description="As the last import had it; null: never")
    register_value: str = Field(examples=["24"])
    file_value: str = Field(examples=["22"])
    conflict: bool


class Corrected(Schema):
    """A cell, named as a finding names it, in which another value is read than the one that was there."""

    file: Name = Field(examples=["Betriebe.xlsx [Betriebe]"])
    row: int = Field(ge=1, le=2_000_000, examples=[17])
    column: Name = Field(examples=["Mitarbeiter"])
    was: Text = Field(examples=["viele"], description="What stands in the cell, or the part of it to replace")
    value: Text = Field(examples=["12"])


class Corrections(Schema):
    """Corrected cells, in the order in which they were corrected."""

    cells: list[Corrected] = Field(max_length=10_000)


class ImportMade(Schema):
    """The result of an import; `id` and `problem` are null for a dry run, which changes nothing.

    The counts are of rows. In a conflict the register's value stays, unless `from_file` names the field.
    """

    id: str | None
    programme: str = Field(examples=["sachsen-anhalt"])
    problem: str | None
    change_set: str | None = Field(description="Null: nothing changed, or a dry run")
    first_week: str = Field(description="From which week on they were read", examples=["2026-W48"])
    register_number: int = Field(description="Number of the register's last change set before", examples=[12])
    buddies: int = Field(examples=[50])
    companies: int = Field(examples=[1000])
    added: int
    changed: int
    ended: int
    same: int
    differs: list[FieldDiffers] = Field(description=f"At most {MOST_SHOWN}; conflicts first")
    findings: list[FindingAnswer]


def _read(
    app_state: AppState, files: list[UploadFile], complete: bool, said: Said, corrected: Sequence[Corrected]
) -> ReadFiles:
    """Check and read uploaded files with the sources of their programme.

    Raises `WrongInput` where they have errors.
    """
    cells = [CorrectedCell(**each.model_dump()) for each in corrected]
    with received(files) as source, app_state.service.store.reading() as c:
        read = read_files(c, app_state.programmes, source, complete, said, cells)
    if read.files is None:
        raise WrongInput(message("files_wrong"), read.findings)
    return read


def _made(
    proposal: Proposal,
    files: Files,
    programme: str,
    first_week: str,
    findings: Sequence[Finding],
    taken: Taken | None,
) -> ImportMade:
    differs = [(change, field) for change in proposal.changed for field in change.fields]
    differs.sort(key=lambda each: not each[1].conflict)
    changed = [each for each in proposal.changed if not all(field.conflict for field in each.fields)]
    return ImportMade(
        id=taken.id if taken else None,
        programme=programme,
        problem=taken.problem if taken else None,
        change_set=taken.entered.change_set.id if taken and taken.entered.change_set else None,
        first_week=first_week,
        register_number=proposal.register.number,
        buddies=len(files.rows.tables["buddies"]),
        companies=len(files.rows.tables["companies"]),
        added=len(proposal.added),
        changed=len(changed),
        ended=len(proposal.ended),
        same=len(proposal.same),
        differs=[_differs(change, field) for change, field in differs[:MOST_SHOWN]],
        findings=[finding_answer(each) for each in findings],
    )


def _differs(change: RowChange, field: FieldChange) -> FieldDiffers:
    return FieldDiffers(
        entity=change.row.entity,
        id=change.row.id,
        column=field.column,
        imported=field.imported,
        register_value=field.register,
        file_value=field.file,
        conflict=field.conflict,
    )


@router.post(
    "",
    status_code=201,
    dependencies=[Idempotent],
    responses=problems(409, 413, 415)
    | {200: {"description": "A dry run: nothing was changed", "model": ImportMade}},
)
def import_files(
    by: ByCoordinatorOfAll,
    app_state: InAppState,
    response: Response,
    files: Annotated[list[UploadFile], File(description="CSV files named after the tables, or one .xlsx")],
    week: Annotated[str, Form(max_length=8, examples=["2026-W48"])],
    weeks: Annotated[int, Form(ge=1, le=53)] = LEAST_HORIZON,
    dry_run: Annotated[bool, Form()] = False,
    complete: Annotated[bool, Form(description="End the rows that the lists lack.")] = False,
    by_hand: Annotated[
        Json[Headers] | None,
        Form(description="What unknown headers mean, by the key of their set (`POST /imports/headers`)."),
    ] = None,
    corrected: Annotated[
        Json[Corrections] | None,
        Form(description="Cells that are read otherwise than they are written; the files stay as they are."),
    ] = None,
    from_file: Annotated[
        list[Annotated[str, Field(max_length=250)]],
        Form(description="Conflicts in which the file is right: `entity/id/column` each."),
    ] = [],  # noqa: B006 a form's default
    seen: Annotated[
        int | None,
        Form(
            ge=0, lt=2**31, description="`register_number` of the dry run in which the conflicts were read."
        ),
    ] = None,
) -> ImportMade:
    """Take files into the register: rows are added and changed; a dry run shows what would be.

    A row of `from_file` that somebody has changed after `seen` is refused, with both values.
    What is said of headers by hand is remembered by the set of headers, so that the next file needs none.
    """
    horizon = Horizon(first_week=week_that_is(week), weeks=max(weeks, LEAST_HORIZON))
    found = _read(app_state, files, complete, by_hand or {}, corrected.cells if corrected else ())
    programme, read = found.programme, found.files
    assert read is not None, "files without errors are read"
    if not in_programme(by, programme.id):
        raise Forbidden(message("other_programme"))
    store, chosen = app_state.service.store, [_field(each) for each in from_file]
    if dry_run:
        response.status_code = 200
        with store.reading() as c:
            proposal = proposed(c, app_state.programmes.registers, programme.id, read)
        tried = try_out(programme, proposal, read, by.user, chosen)
        return _made(proposal, read, programme.id, horizon.first_week, tried, None)
    with store.writing() as c:
        proposal = proposed(c, app_state.programmes.registers, programme.id, read)
        _expect_seen(proposal, chosen, seen)
        entering = By(by.user, Source.IMPORT)
        taken = take_files(c, app_state.programmes, programme, read, horizon, entering, chosen)
        for key in (by_hand or {}).keys() & found.said.keys():
            remember(c, programme.id, About.HEADERS, key, found.said[key], by.user)
    response.headers["Location"] = f"/api/v1/imports/{taken.id}"
    return _made(proposal, read, programme.id, horizon.first_week, taken.findings, taken)


def _expect_seen(proposal: Proposal, chosen: Sequence[FieldKey], seen: int | None) -> None:
    """Raise `RowsChanged` for fields decided for the file in rows that changed after they were read."""
    clashes = tuple(
        Clash(row.entity, row.id, row.version, row.values, {field.column: field.file})
        for change in proposal.changed
        for field in change.fields
        if seen is not None
        and (row := change.row).version > seen
        and (row.entity, row.id, field.column) in chosen
    )
    if clashes:
        raise RowsChanged(clashes)


def _field(text: str) -> FieldKey:
    entity, _, rest = text.partition("/")
    key, _, column = rest.rpartition("/")
    if entity not in KINDS or column not in KINDS[entity].column:
        raise BuddyplanError(message("no_such_field", field=text))
    return entity, key, column


def _shown(stored: StoredImport) -> ImportAnswer:
    return ImportAnswer(**asdict(stored))


@router.get("", responses=problems(404))
def list_imports(
    by: ByCoordinatorOfAll, programme: InProgramme, service: Serving, turn: PageTurn
) -> Page[ImportAnswer]:
    """List imports, the newest first."""
    with service.store.reading() as c:
        found = imports_before(c, programme, turn.limit + 1, turn.after)
    return turn.page([_shown(each) for each in found], lambda each: each.id)


@router.get("/{import_id}", responses=problems(404))
def show_import(import_id: Key, by: ByCoordinatorOfAll, service: Serving) -> ImportAnswer:
    """Show an import."""
    with service.store.reading() as c:
        found = import_of(c, import_id)
    if not in_programme(by, found.programme):
        raise NotThere(message("no_import", import_id=import_id))
    return _shown(found)
