"""The signed-in user, and a buddy's own week."""

from fastapi import Request
from fastapi.responses import Response

from api.http.accounts.users import UserAnswer, user_shown
from api.http.frame.auth import ByBuddy, Personal, Serving, SignedIn
from api.http.frame.errors import problems
from api.http.frame.languages import InLanguage
from api.http.frame.schemas import Week
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.http.planning.week_answers import CALENDAR, PAPER, TRACK, WEEK, week_as_file, week_as_json
from api.words.language import Language
from data.access import OwnBuddy

router = Router(prefix="/me", tags=["me"], responses=problems(401, 403, 422, 500))


@router.get("")
def show_me(user: SignedIn, service: Serving) -> UserAnswer:
    """Show who is signed in."""
    return user_shown(user)


def _file(
    request: Request, by: OwnBuddy, app_state: InAppState, week: str, kind: str, language: Language
) -> Response:
    with app_state.service.store.reading() as c:
        return week_as_file(request, app_state, c, by, (by.programme, by.buddy, week), kind, language)


@router.get("/weeks/{week}.ics", dependencies=[Personal], **CALENDAR)
def my_calendar(
    week: Week, by: ByBuddy, app_state: InAppState, request: Request, language: InLanguage
) -> Response:
    """Show your own published week as a calendar file."""
    return _file(request, by, app_state, week, "ics", language)


@router.get("/weeks/{week}.pdf", dependencies=[Personal], **PAPER)
def my_paper(
    week: Week, by: ByBuddy, app_state: InAppState, request: Request, language: InLanguage
) -> Response:
    """Show your own published week on paper."""
    return _file(request, by, app_state, week, "pdf", language)


@router.get("/weeks/{week}.gpx", dependencies=[Personal], **TRACK)
def my_track(
    week: Week, by: ByBuddy, app_state: InAppState, request: Request, language: InLanguage
) -> Response:
    """Show your own published week as a track."""
    return _file(request, by, app_state, week, "gpx", language)


@router.get("/weeks/{week}", dependencies=[Personal], **WEEK)
def my_week(week: Week, by: ByBuddy, app_state: InAppState, request: Request) -> Response:
    """Show your own published week."""
    with app_state.service.store.reading() as c:
        return week_as_json(request, app_state, c, by, (by.programme, by.buddy, week))
