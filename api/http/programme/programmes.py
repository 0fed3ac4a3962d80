"""Programmes: what one coordination office runs."""

from pydantic import Field

from api.http.frame.auth import ByReader, Serving
from api.http.frame.errors import problems
from api.http.frame.schemas import Key, Schema
from api.http.frame.writes.router import Router
from data.access import in_programme
from data.base.message import message
from data.store.database.record import NotThere
from data.store.work.programmes import known_programme, programme_ids

router = Router(prefix="/programmes", tags=["programmes"], responses=problems(401, 403, 422, 500))


class ProgrammeAnswer(Schema):
    """A programme; `invented` where its names are made up."""

    id: str = Field(examples=["sachsen-anhalt"])
    state: str = Field(examples=["ST"])
    invented: bool


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
