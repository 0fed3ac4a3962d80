"""Requests: one thing that is due at a company."""

from datetime import date

from fastapi import Response
from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByCoordinator, ByWorking, Idempotent, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import AskedDay, IfMatch, Key, Page, PageTurn, Schema, etag, must_match
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from data.access import Coordinator, OwnBuddy, in_programme
from data.base.dates import minute_of
from data.base.errors import BuddyplanError
from data.base.ids import CompanyId
from data.base.message import message
from data.model.covers import Covers
from data.model.vocabulary import RequestKind, RequestState
from data.store.database.record import NotThere
from data.store.tables.utc import now
from data.store.work.matchings import latest_matching, matching_of
from data.store.work.requests import StoredRequest, change_request, raise_request, request_of, requests_of

router = Router(prefix="/requests", tags=["requests"], responses=problems(401, 403, 404, 422, 500))


class NewRequest(Schema):
    """What is due at a company, and until when."""

    company: str = Field(max_length=80, examples=["c0001"])
    kind: RequestKind
    due: AskedDay
    minutes: int = Field(default=60, ge=1, le=600)


class RequestChange(Schema):
    """What to change (JSON merge patch)."""

    state: RequestState


class RequestAnswer(Schema):
    """A request."""

    id: str
    company: CompanyId
    kind: RequestKind
    raised: date
    due: date
    minutes: int
    state: RequestState
    version: int


def _shown(stored: StoredRequest) -> RequestAnswer:
    return RequestAnswer(**stored.request.model_dump(), version=stored.version)


def _companies(
    app_state: AppState, c: Connection, by: Coordinator | OwnBuddy, programme: str
) -> frozenset[str]:
    """Return the companies for which the reader may raise a request.

    For a buddy these are the own ones by the latest matching, and those that the buddy covers today.
    """
    if isinstance(by, OwnBuddy):
        matching = matching_of(c, latest_matching(c, programme)).matching
        covers = Covers(app_state.latest(c, programme))
        today = minute_of(now())[0]
        covered = {key for key in covers.companies(by.buddy) if covers.on(key, today) == by.buddy}
        return frozenset(matching.companies_of.get(by.buddy, ())) | covered
    return app_state.sight(c, by, programme).companies


@router.get("")
def list_requests(
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    turn: PageTurn,
    state: RequestState | None = None,
) -> Page[RequestAnswer]:
    """List the requests that were raised in the service."""
    with app_state.service.store.reading() as c:
        seen = _companies(app_state, c, by, programme)
        found = [each for each in requests_of(c, programme, state) if each.request.company in seen]
    rows = sorted((_shown(each) for each in found if each.request.id > turn.after), key=lambda row: row.id)
    return turn.page(rows, lambda row: row.id)


@router.post("", status_code=201, dependencies=[Idempotent])
def enter_request(
    by: ByWorking, programme: InProgramme, app_state: InAppState, asked: NewRequest, response: Response
) -> RequestAnswer:
    """Raise a request; the next matching includes it, or a replan."""
    today = minute_of(now())[0]
    if asked.due < today:
        raise BuddyplanError(message("due_in_the_past", due=asked.due))
    with app_state.service.store.writing() as c:
        if asked.company not in _companies(app_state, c, by, programme):
            raise NotThere(message("no_company", company=asked.company))
        stored = raise_request(
            c, programme, asked.company, asked.kind, today, asked.due, asked.minutes, by.user
        )
    response.headers["Location"] = f"/api/v1/requests/{stored.request.id}"
    response.headers["ETag"] = etag(stored.version)
    return _shown(stored)


def _visible(app_state: AppState, c: Connection, by: Coordinator, key: str) -> StoredRequest:
    found = request_of(c, key)
    if not in_programme(by, found.programme):
        raise NotThere(message("no_request", request=key))
    if found.request.company not in app_state.sight(c, by, found.programme).companies:
        raise NotThere(message("no_request", request=key))
    return found


@router.get("/{request_id}")
def show_request(
    request_id: Key, by: ByCoordinator, app_state: InAppState, response: Response
) -> RequestAnswer:
    """Show a request."""
    with app_state.service.store.reading() as c:
        found = _visible(app_state, c, by, request_id)
    response.headers["ETag"] = etag(found.version)
    return _shown(found)


@router.patch("/{request_id}", responses=problems(409, 412, 428))
def settle_request(
    request_id: Key,
    by: ByCoordinator,
    app_state: InAppState,
    change: RequestChange,
    if_match: IfMatch,
    response: Response,
) -> RequestAnswer:
    """Change the state of a request."""
    with app_state.service.store.writing() as c:
        found = _visible(app_state, c, by, request_id)
        must_match(if_match, found.version)
        changed = change_request(c, request_id, change.state, found.version)
    response.headers["ETag"] = etag(changed.version)
    return _shown(changed)
