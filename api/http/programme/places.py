"""Places of appointments: authorities, offices and meeting places, with their names."""

from pydantic import Field

from api.http.frame.auth import ByCoordinator, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import Page, PageTurn, Schema
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.published.own_week import names_of
from data.base.ids import PlaceId

router = Router(prefix="/places", tags=["places"], responses=problems(401, 403, 404, 422, 500))


class PlaceAnswer(Schema):
    """A place that is not a company; it belongs to no host, so every coordinator sees it."""

    id: PlaceId = Field(examples=["office-h04"])
    name: str
    town: str
    kind: str = Field(examples=["authority"])


@router.get("")
def list_places(
    by: ByCoordinator, programme: InProgramme, app_state: InAppState, turn: PageTurn
) -> Page[PlaceAnswer]:
    """List the places that appointments name, by id."""
    with app_state.service.store.reading() as c:
        places = sorted(app_state.latest(c, programme).places, key=lambda place: place.id)
        found = [place for place in places if place.id > turn.after]
        names = names_of(c, programme, {place.id for place in found[: turn.limit]})
    page = turn.page(found, lambda place: place.id)
    rows = [
        PlaceAnswer(id=place.id, name=names.name(place.id), town=names.of(place.id).town, kind=place.kind)
        for place in page.items
    ]
    return Page(items=rows, next=page.next)
