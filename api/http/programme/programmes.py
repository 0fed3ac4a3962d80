"""Programmes: what one coordination office runs."""

from enum import StrEnum

from fastapi import Response
from pydantic import Field

from api.http.frame.auth import ByOffice, ByReader, Idempotent, Serving
from api.http.frame.errors import problems
from api.http.frame.schemas import Key, Schema
from api.http.frame.writes.router import Router
from api.service.sources import shipped_sources
from data.access import in_programme
from data.base.message import message
from data.model.calendar import STATES
from data.store.database.record import NotThere
from data.store.work.programmes import begin_programme, known_programme, programme_ids
from data.store.work.references import keep_reference

router = Router(prefix="/programmes", tags=["programmes"], responses=problems(401, 403, 422, 500))


class ProgrammeAnswer(Schema):
    """A programme; `invented` where its names are made up."""

    id: str = Field(examples=["sachsen-anhalt"])
    state: str = Field(examples=["ST"])
    invented: bool


State = StrEnum("State", {state: state for state in STATES})  # type: ignore[misc]
State.__doc__ = "A German state by its two letters."


class NewProgramme(Schema):
    """A programme to begin by hand; its rows are entered afterwards, or imported."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$", examples=["sachsen-anhalt"])
    state: State = Field(examples=["ST"])
    invented: bool = Field(default=False, description="Whether all people and companies are made up")


@router.post("", status_code=201, dependencies=[Idempotent], responses=problems(409))
def begin_new_programme(
    by: ByOffice, service: Serving, asked: NewProgramme, response: Response
) -> ProgrammeAnswer:
    """Begin a programme without rows, with the districts and places of its state."""
    sources = shipped_sources(asked.state.value)
    with service.store.writing() as c:
        reference = keep_reference(c, sources.reference)
        begin_programme(c, asked.id, asked.state.value, reference, asked.invented)
    response.headers["Location"] = f"/api/v1/programmes/{asked.id}"
    return ProgrammeAnswer(id=asked.id, state=asked.state.value, invented=asked.invented)


@router.get("")
def list_programmes(by: ByReader, service: Serving) -> list[ProgrammeAnswer]:
    """List the programmes that the reader belongs to."""
    with service.store.reading() as c:
        rows = [known_programme(c, key) for key in programme_ids(c) if in_programme(by, key)]
    return [ProgrammeAnswer(id=row.id, state=row.state, invented=row.invented) for row in rows]


@router.get("/{programme}", responses=problems(404))
def show_programme(programme: Key, by: ByReader, service: Serving) -> ProgrammeAnswer:
    """Show a programme."""
    if not in_programme(by, programme):
        raise NotThere(message("no_programme", programme=programme))
    with service.store.reading() as c:
        row = known_programme(c, programme)
    return ProgrammeAnswer(id=row.id, state=row.state, invented=row.invented)
