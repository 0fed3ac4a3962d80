"""Requests: one thing that is due at a company."""

from datetime import date

from fastapi import Response
from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByCoordinator, ByWorking, Idempotent, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import AskedDay, IfMatch, Page, PageTurn, Schema, etag, must_match
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.register.access import register_of_reader
from api.http.register.rows import RowKey
from api.http.register.writing import enter_over_http
from data.access import Coordinator, OwnBuddy
from data.base.dates import minute_of
from data.base.errors import BuddyplanError
from data.base.ids import CompanyId
from data.base.message import message
from data.model.covers import Covers
from data.model.vocabulary import RequestKind, RequestState
from data.register.changes.enter import By, enter
from data.register.changes.operations import Act, Operation
from data.register.rows.row import RegisterRow
from data.store.database.record import NotThere, new_id
from data.store.register.change_sets import Source
from data.store.tables.utc import now

SHOWN = ("id", "company", "kind", "raised", "due", "minutes", "state")
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
    raised: date | None = Field(description="Null: a list does not say")
    due: date
    minutes: int
    state: RequestState
    version: int


def _shown(row: RegisterRow) -> RequestAnswer:
    return RequestAnswer(**{name: row.parsed[name] for name in SHOWN}, version=row.version)


def _companies(
    app_state: AppState, c: Connection, by: Coordinator | OwnBuddy, programme: str
) -> frozenset[str]:
    """Return the companies for which the reader may raise a request.

    For a buddy these are the own ones of today by the register, and those that the buddy covers today.
    """
    if isinstance(by, OwnBuddy):
        return Covers(app_state.latest(c, programme)).own(by.buddy, minute_of(now())[0])
    return app_state.sight(c, by, programme).companies


@router.get("")
def list_requests(
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    turn: PageTurn,
    state: RequestState | None = None,
) -> Page[RequestAnswer]:
    """List requests, wherever they come from: raised in the service, entered at the desk, or of a list."""
    with app_state.service.store.reading() as c:
        seen = register_of_reader(app_state, c, by, programme)
    rows = sorted((row for row in seen.rows("requests") if row.id > turn.after), key=lambda row: row.id)
    found = [row for row in rows if state in (None, row.parsed["state"])]
    return turn.page([_shown(row) for row in found], lambda row: row.id)


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
        row = _raised(app_state, c, by, programme, asked, today)
    response.headers["Location"] = f"/api/v1/requests/{row.id}"
    response.headers["ETag"] = etag(row.version)
    return _shown(row)


def _raised(
    app_state: AppState,
    c: Connection,
    by: Coordinator | OwnBuddy,
    programme: str,
    asked: NewRequest,
    today: date,
) -> RegisterRow:
    """Enter a request under an id that no list has and that never comes again: it is that of its visit."""
    own = isinstance(by, OwnBuddy)
    allow = None if isinstance(by, OwnBuddy) else register_of_reader(app_state, c, by, programme).expect_may
    registers, area = app_state.programmes.registers, app_state.programmes.area(c, programme)
    texts = {name: str(value) for name, value in asked.model_dump(mode="json").items()}
    raising = Operation(Act.ENTER, "requests", new_id(), {**texts, "raised": today.isoformat()})
    entering = By(by.user, Source.BUDDY if own else Source.API)
    (row,) = enter(c, registers, area, [raising], entering, allow=allow).draft.rows
    assert row is not None, "what was entered is there"
    return row


@router.get("/{request_id}")
def show_request(
    request_id: RowKey, by: ByCoordinator, programme: InProgramme, app_state: InAppState, response: Response
) -> RequestAnswer:
    """Show a request."""
    with app_state.service.store.reading() as c:
        row = register_of_reader(app_state, c, by, programme).row("requests", request_id)
    response.headers["ETag"] = etag(row.version)
    return _shown(row)


@router.patch("/{request_id}", responses=problems(409, 412, 428))
def settle_request(
    request_id: RowKey,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    change: RequestChange,
    if_match: IfMatch,
    response: Response,
) -> RequestAnswer:
    """Change the state of a request."""
    with app_state.service.store.writing() as c:
        seen = register_of_reader(app_state, c, by, programme)
        must_match(if_match, seen.row("requests", request_id).version)
        settling = Operation(Act.CHANGE, "requests", request_id, {"state": change.state.value})
        (row,) = enter_over_http(app_state, by, programme, [settling], single=True).draft.rows
    assert row is not None, "what was changed is there"
    response.headers["ETag"] = etag(row.version)
    return _shown(row)
