"""Buddies, and a buddy's week for a coordinator; a home is shown as its town."""

from typing import Annotated

from fastapi import Query, Request, Response
from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByCoordinator, InProgramme, Personal
from api.http.frame.errors import problems
from api.http.frame.languages import InLanguage
from api.http.frame.schemas import Key, Page, PageTurn, Schema, Week
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.planning.week_answers import CALENDAR, PAPER, TRACK, WEEK, OfWeek, week_as_file, week_as_json
from api.published.own_week import names_of
from api.words.language import Language
from data.access import Coordinator
from data.base.ids import BuddyId
from data.base.message import message
from data.model.identity import Identities
from data.model.problem import Buddy
from data.store.database.record import NotThere

router = Router(prefix="/buddies", tags=["buddies"], responses=problems(401, 403, 404, 422, 500))


class BuddyAnswer(Schema):
    """A buddy as coordinators see one."""

    id: BuddyId = Field(examples=["b001"])
    name: str
    town: str = Field(examples=["Halle (Saale)"])
    host: str
    mandate: str
    districts: list[str] = Field(examples=[["15002", "15088"]])
    sectors: list[str] = Field(examples=[["C"]])
    languages: dict[str, str] = Field(examples=[{"ar": "C1"}])
    week_work_min: int = Field(examples=[2400])
    max_companies: int = Field(examples=[25])
    max_care_min: int = Field(examples=[6000], description="Per four weeks.")


def _shown(buddy: Buddy, names: Identities) -> BuddyAnswer:
    return BuddyAnswer(
        id=buddy.id,
        name=names.name(buddy.id),
        town=names.of(buddy.id).town,
        host=buddy.host,
        mandate=buddy.mandate.value,
        districts=list(buddy.districts),
        sectors=list(buddy.sectors),
        languages={spoken.language: spoken.level.value for spoken in buddy.languages},
        week_work_min=buddy.week_work_min,
        max_companies=buddy.max_companies,
        max_care_min=buddy.max_care_min,
    )


@router.get("")
def list_buddies(
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    turn: PageTurn,
    host: Annotated[str, Query(max_length=80)] = "",
) -> Page[BuddyAnswer]:
    """List the buddies that the coordinator sees, by id."""
    with app_state.service.store.reading() as c:
        seen, problem = app_state.sight(c, by, programme), app_state.latest(c, programme)
        found = [
            buddy
            for buddy in sorted(problem.limits.values(), key=lambda buddy: buddy.id)
            if buddy.id in seen.buddies and host in ("", buddy.host) and buddy.id > turn.after
        ]
        names = names_of(c, programme, {buddy.id for buddy in found[: turn.limit]})
    page = turn.page(found, lambda buddy: buddy.id)
    return Page(items=[_shown(buddy, names) for buddy in page.items], next=page.next)


@router.get("/{buddy}")
def show_buddy(buddy: Key, by: ByCoordinator, programme: InProgramme, app_state: InAppState) -> BuddyAnswer:
    """Show a buddy."""
    with app_state.service.store.reading() as c:
        _expect_visible(app_state, c, by, programme, buddy)
        return _shown(app_state.latest(c, programme).limits[buddy], names_of(c, programme, {buddy}))


def _expect_visible(app_state: AppState, c: Connection, by: Coordinator, programme: str, buddy: str) -> None:
    if buddy not in app_state.sight(c, by, programme).buddies:
        raise NotThere(message("no_buddy", buddy=buddy))


def _file(
    request: Request, by: Coordinator, app_state: AppState, asked: OfWeek, kind: str, language: Language
) -> Response:
    with app_state.service.store.reading() as c:
        _expect_visible(app_state, c, by, asked[0], asked[1])
        return week_as_file(request, app_state, c, by, asked, kind, language)


@router.get("/{buddy}/weeks/{week}.ics", dependencies=[Personal], **CALENDAR)
def calendar_of_buddy(
    buddy: Key,
    week: Week,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    request: Request,
    language: InLanguage,
) -> Response:
    """Show a buddy's published week as a calendar file."""
    return _file(request, by, app_state, (programme, buddy, week), "ics", language)


@router.get("/{buddy}/weeks/{week}.pdf", dependencies=[Personal], **PAPER)
def paper_of_buddy(
    buddy: Key,
    week: Week,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    request: Request,
    language: InLanguage,
) -> Response:
    """Show a buddy's published week on paper."""
    return _file(request, by, app_state, (programme, buddy, week), "pdf", language)


@router.get("/{buddy}/weeks/{week}.gpx", dependencies=[Personal], **TRACK)
def track_of_buddy(
    buddy: Key,
    week: Week,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    request: Request,
    language: InLanguage,
) -> Response:
    """Show a buddy's published week as a track."""
    return _file(request, by, app_state, (programme, buddy, week), "gpx", language)


@router.get("/{buddy}/weeks/{week}", dependencies=[Personal], **WEEK)
def week_of_buddy(
    buddy: Key, week: Week, by: ByCoordinator, programme: InProgramme, app_state: InAppState, request: Request
) -> Response:
    """Show a buddy's published week."""
    with app_state.service.store.reading() as c:
        _expect_visible(app_state, c, by, programme, buddy)
        return week_as_json(request, app_state, c, by, (programme, buddy, week))
