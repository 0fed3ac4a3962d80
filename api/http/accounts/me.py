"""Who asks, and for a buddy the own week."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.export.one_file import FileKind
from api.http.accounts.users import UserShown, user_shown
from api.http.frame.auth import ByBuddy, Personal, Serving, SignedIn
from api.http.frame.errors import problems
from api.http.frame.schemas import Week
from api.http.frame.state import InMemory
from api.http.planning.week_answers import CALENDAR, PAPER, TRACK, WEEK, week_as_file, week_as_json
from data.access import OwnBuddy

router = APIRouter(prefix="/me", tags=["me"], responses=problems(401, 403, 422, 500))


@router.get("")
def show_me(user: SignedIn, service: Serving) -> UserShown:
    """Tell who is signed in."""
    return user_shown(user)


def _file(request: Request, by: OwnBuddy, kept: InMemory, week: str, kind: FileKind) -> Response:
    with kept.service.store.reading() as c:
        return week_as_file(request, kept, c, (by.programme, by.buddy, week), kind)


@router.get("/weeks/{week}.ics", dependencies=[Personal], **CALENDAR)
def my_calendar(week: Week, by: ByBuddy, kept: InMemory, request: Request) -> Response:
    """Show the own published week as a calendar file."""
    return _file(request, by, kept, week, FileKind.ICS)


@router.get("/weeks/{week}.pdf", dependencies=[Personal], **PAPER)
def my_paper(week: Week, by: ByBuddy, kept: InMemory, request: Request) -> Response:
    """Show the own published week on paper."""
    return _file(request, by, kept, week, FileKind.PDF)


@router.get("/weeks/{week}.gpx", dependencies=[Personal], **TRACK)
def my_track(week: Week, by: ByBuddy, kept: InMemory, request: Request) -> Response:
    """Show the own published week as a track."""
    return _file(request, by, kept, week, FileKind.GPX)


@router.get("/weeks/{week}", dependencies=[Personal], **WEEK)
def my_week(week: Week, by: ByBuddy, kept: InMemory, request: Request) -> Response:
    """Show the own published week."""
    with kept.service.store.reading() as c:
        return week_as_json(request, kept, c, (by.programme, by.buddy, week))
