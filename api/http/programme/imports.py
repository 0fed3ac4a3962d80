"""Imports: a programme's files become a problem, or findings that explain why not."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import File, Form, Response, UploadFile
from pydantic import Field

from api.http.frame.auth import ByCoordinatorOfAll, Idempotent, InProgramme, Serving
from api.http.frame.errors import Forbidden, WrongInput, problems
from api.http.frame.schemas import Key, Page, PageTurn, Schema
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.upload.guard import receive
from api.planning.programme import LEAST_HORIZON, read_folder
from api.planning.week_input import week_that_is
from api.run.stored_sources import sources_of_problem
from api.service.sources import shipped_sources
from api.service.wiring import Service
from api.words.findings import FindingAnswer, finding_answer
from data.access import in_programme
from data.base.message import message
from data.model.findings import Severity
from data.reference.shipped import STATE_UNLESS_SAID
from data.reference.sources import Sources
from data.store.database.record import NotThere
from data.store.work.listings import StoredImport, import_of, imports_before
from data.store.work.problems import keep_import, keep_problem, packed
from data.store.work.programmes import keep_programme
from data.store.work.references import keep_reference
from data.tables.read import Reading, policy_beside, programme_in
from data.travel.provider import times_of

router = Router(prefix="/imports", tags=["imports"], responses=problems(401, 403, 422, 500))


class ImportAnswer(Schema):
    """An import; `problem` is the hash of the imported data."""

    id: str
    programme: str = Field(examples=["sachsen-anhalt"])
    problem: str
    warnings: int
    repaired: int
    created_at: datetime


class ImportMade(Schema):
    """The result of an import; `id` and `problem` are null for a dry run, which changes nothing."""

    id: str | None
    programme: str = Field(examples=["sachsen-anhalt"])
    problem: str | None
    buddies: int = Field(examples=[50])
    companies: int = Field(examples=[1000])
    findings: list[FindingAnswer]


def _read(app_state: AppState, files: list[UploadFile], week: str, weeks: int) -> tuple[Reading, Sources]:
    """Check and read uploaded files with the sources of their programme.

    Raises `WrongInput` where they have errors.
    """
    with TemporaryDirectory(prefix="buddyplan-") as name:
        folder = receive([(each.filename or "", each.file.read()) for each in files], Path(name))
        books = sorted(folder.glob("*.[xX][lL][sS][xX]"))
        source = books[0] if books else folder
        sources = _sources(app_state, source)
        reading = read_folder(source, week_that_is(week), weeks, sources)
    if reading.problem is None:
        raise WrongInput(message("files_wrong"), reading.findings)
    return reading, sources


def _sources(app_state: AppState, source: Path) -> Sources:
    """Return what the programme had at its latest import while it stays in its state, else the state's."""
    state = policy_beside(source).state
    with app_state.service.store.reading() as c:
        try:
            before = app_state.latest(c, programme_in(source))
        except NotThere:
            return shipped_sources(state or STATE_UNLESS_SAID)
        if before.programme.reference and state in ("", before.programme.state):
            return sources_of_problem(c, before.hash)
    return shipped_sources(state or STATE_UNLESS_SAID)


def _made(reading: Reading, kept: tuple[str, str] | None) -> ImportMade:
    problem = reading.problem
    assert problem
    return ImportMade(
        id=kept[0] if kept else None,
        programme=problem.programme.id,
        problem=kept[1] if kept else None,
        buddies=len(problem.buddies),
        companies=len(problem.companies),
        findings=[finding_answer(each) for each in reading.findings],
    )


def _keep(service: Service, reading: Reading, sources: Sources, by_user: str) -> tuple[str, str]:
    """Store the imported data, and return the import's id and the hash of the stored problem."""
    problem, found = reading.problem, [each.severity for each in reading.findings for _ in each.rows]
    assert problem
    ready = packed(problem, times_of(problem, sources.travel), sources.reference.hash)
    counts = found.count(Severity.WARNING), found.count(Severity.REPAIRED)
    with service.store.writing() as c:
        keep_programme(c, problem.programme, reading.identities)
        keep_reference(c, sources.reference)
        key = keep_problem(c, ready)
        return keep_import(c, problem.programme.id, key, *counts, by_user), key


@router.post(
    "",
    status_code=201,
    dependencies=[Idempotent],
    responses=problems(413, 415)
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
) -> ImportMade:
    """Import files as the programme's current state, unless it is a dry run."""
    reading, sources = _read(app_state, files, week, weeks)
    assert reading.problem
    if not in_programme(by, reading.problem.programme.id):
        raise Forbidden(message("other_programme"))
    if dry_run:
        response.status_code = 200
        return _made(reading, None)
    kept = _keep(app_state.service, reading, sources, by.user)
    response.headers["Location"] = f"/api/v1/imports/{kept[0]}"
    return _made(reading, kept)


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
