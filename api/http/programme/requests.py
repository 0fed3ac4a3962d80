"""Requests: one thing that is due at a company."""

from datetime import date

from fastapi import APIRouter, Response
from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByCoordinator, ByWorking, InProgramme, Once
from api.http.frame.errors import problems
from api.http.frame.schemas import IfMatch, Key, Page, PageAsked, Shown, etag, must_match
from api.http.frame.state import InMemory, Kept
from data.access import Coordinator, OwnBuddy, in_programme
from data.base.errors import BuddyplanError
from data.model.calendar import minute_of
from data.model.vocabulary import RequestKind, RequestState
from data.store.database.record import NotThere
from data.store.tables.utc import now
from data.store.work.matchings import latest_matching, matching_of
from data.store.work.requests import StoredRequest, change_request, raise_request, request_of, requests_of

router = APIRouter(prefix="/requests", tags=["requests"], responses=problems(401, 403, 404, 422, 500))


class RequestAsked(Shown):
    """What is due at a company, and until when."""

    company: str = Field(max_length=80, examples=["c0001"])
    kind: RequestKind
    due: date
    minutes: int = Field(default=60, ge=1, le=600)


class RequestChange(Shown):
    """What is to change (JSON merge patch)."""

    state: RequestState


class RequestShown(Shown):
    """A request."""

    id: str
    company: str
    kind: RequestKind
    raised: date
    due: date
    minutes: int
    state: RequestState
    version: int


def _shown(stored: StoredRequest) -> RequestShown:
    return RequestShown(**stored.request.model_dump(), version=stored.version)


def _companies(kept: Kept, c: Connection, by: Coordinator | OwnBuddy, programme: str) -> frozenset[str]:
    """Return the companies for which the reader may raise something: a buddy's own by the latest matching."""
    if isinstance(by, OwnBuddy):
        matching = matching_of(c, latest_matching(c, programme)).matching
        return frozenset(matching.companies_of.get(by.buddy, ()))
    return kept.sight(c, by, programme).companies


@router.get("")
def list_requests(
    by: ByCoordinator,
    programme: InProgramme,
    kept: InMemory,
    turn: PageAsked,
    state: RequestState | None = None,
) -> Page[RequestShown]:
    """List the requests that were raised in the service."""
    with kept.service.store.reading() as c:
        seen = _companies(kept, c, by, programme)
        found = [each for each in requests_of(c, programme, state) if each.request.company in seen]
    rows = sorted((_shown(each) for each in found if each.request.id > turn.after), key=lambda row: row.id)
    return Page(**turn.page(rows, lambda row: row.id))


@router.post("", status_code=201, dependencies=[Once])
def enter_request(
    by: ByWorking, programme: InProgramme, kept: InMemory, asked: RequestAsked, response: Response
) -> RequestShown:
    """Raise a request; it is planned from the next matching on, or by planning again."""
    today = minute_of(now())[0]
    if asked.due < today:
        raise BuddyplanError(f"it would be due on {asked.due}, which is past")
    with kept.service.store.writing() as c:
        if asked.company not in _companies(kept, c, by, programme):
            raise NotThere(f'there is no company "{asked.company}"')
        stored = raise_request(
            c, programme, asked.company, asked.kind, today, asked.due, asked.minutes, by.user
        )
    response.headers["Location"] = f"/api/v1/requests/{stored.request.id}"
    response.headers["ETag"] = etag(stored.version)
    return _shown(stored)


def _visible(kept: Kept, c: Connection, by: Coordinator, key: str) -> StoredRequest:
    found = request_of(c, key)
    if not in_programme(by, found.programme):
        raise NotThere(f'there is no request "{key}"')
    if found.request.company not in kept.sight(c, by, found.programme).companies:
        raise NotThere(f'there is no request "{key}"')
    return found


@router.get("/{request_id}")
def show_request(request_id: Key, by: ByCoordinator, kept: InMemory, response: Response) -> RequestShown:
    """Show a request."""
    with kept.service.store.reading() as c:
        found = _visible(kept, c, by, request_id)
    response.headers["ETag"] = etag(found.version)
    return _shown(found)


@router.patch("/{request_id}", responses=problems(409, 412, 428))
def settle_request(
    request_id: Key,
    by: ByCoordinator,
    kept: InMemory,
    change: RequestChange,
    if_match: IfMatch,
    response: Response,
) -> RequestShown:
    """Change the state of a request."""
    with kept.service.store.writing() as c:
        found = _visible(kept, c, by, request_id)
        must_match(if_match, found.version)
        changed = change_request(c, request_id, change.state, found.version)
    response.headers["ETag"] = etag(changed.version)
    return _shown(changed)
