"""Promises: visit windows that companies were told, and their replies."""

from typing import Annotated

from fastapi import Path, Response
from sqlalchemy import Connection

from api.http.frame.auth import ByWorking, InProgramme, Personal
from api.http.frame.errors import problems
from api.http.frame.schemas import AskedWeek, IfMatch, Schema, etag, must_match
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.published.week_answer import PromiseAnswer, promise_answer
from data.access import Coordinator, OwnBuddy
from data.base.message import message
from data.results.promise import PromiseState
from data.store.database.record import NotThere
from data.store.work.promises import StoredPromise, answer_promise, promise_of, promises_of_week

router = Router(prefix="/promises", tags=["promises"], responses=problems(401, 403, 404, 422, 500))
Visit = Annotated[str, Path(max_length=160, examples=["bakery-2026-W48-1"])]


class PromiseChange(Schema):
    """A company's reply (JSON merge patch)."""

    state: PromiseState


def _sees(app_state: AppState, c: Connection, by: Coordinator | OwnBuddy, found: StoredPromise) -> bool:
    if isinstance(by, OwnBuddy):
        return found.buddy == by.buddy
    return app_state.sight(c, by, found.programme).sees(found.buddy, found.promise.company)


@router.get("", dependencies=[Personal])
def list_promises(
    by: ByWorking,
    programme: InProgramme,
    app_state: InAppState,
    week: AskedWeek,
) -> list[PromiseAnswer]:
    """List the promises of a week, ordered by time; a buddy sees only their own."""
    with app_state.service.store.reading() as c:
        found = promises_of_week(c, programme, week)
        seen = [each for each in found if _sees(app_state, c, by, each)]
    return [promise_answer(each) for each in seen]


def _visible(
    app_state: AppState, c: Connection, by: Coordinator | OwnBuddy, programme: str, visit: str
) -> StoredPromise:
    found = promise_of(c, programme, visit)
    if not _sees(app_state, c, by, found):
        raise NotThere(message("no_window", visit=visit))
    return found


@router.get("/{visit}", dependencies=[Personal])
def show_promise(
    visit: Visit, by: ByWorking, programme: InProgramme, app_state: InAppState, response: Response
) -> PromiseAnswer:
    """Show the promise of a visit."""
    with app_state.service.store.reading() as c:
        found = _visible(app_state, c, by, programme, visit)
    response.headers["ETag"] = etag(found.version)
    return promise_answer(found)


@router.patch("/{visit}", responses=problems(409, 412, 428))
def settle_promise(
    visit: Visit,
    by: ByWorking,
    programme: InProgramme,
    app_state: InAppState,
    change: PromiseChange,
    if_match: IfMatch,
    response: Response,
) -> PromiseAnswer:
    """Enter a company's reply: confirmed, declined, or proposed again."""
    with app_state.service.store.writing() as c:
        found = _visible(app_state, c, by, programme, visit)
        must_match(if_match, found.version)
        settled = answer_promise(c, programme, visit, change.state, found.version)
    response.headers["ETag"] = etag(settled.version)
    return promise_answer(settled)
