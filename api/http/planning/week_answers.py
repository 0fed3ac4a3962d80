"""A published week as a response: JSON, calendar, paper or track; 304 where nothing has changed."""

from collections.abc import Callable
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy import Connection

from api.export.format import ExportRequest
from api.export.one_file import exported, format_of
from api.http.frame.errors import problems
from api.http.frame.files import file_content
from api.http.frame.schemas import etag, unless_known
from api.http.frame.state import AppState
from api.published.own_week import own_week
from api.published.week_answer import WeekAnswer, week_answer
from api.run.visible import visible_run
from api.words.language import Language
from data.access import Coordinator, OwnBuddy, Sight, visible_to
from data.store.work.plans import StoredPlan

OfWeek = tuple[str, str, str]
"""Programme, buddy and week."""


def _documented(content: dict[str, Any], **more: Any) -> dict[str, Any]:
    answers: dict[int | str, dict[str, Any]] = {
        200: {"description": "What is in force", "content": content, **more},
        304: {"description": "Nothing changed since the ETag of If-None-Match"},
    }
    return {"response_class": Response, "response_model": None, "responses": answers | problems(404)}


WEEK: dict[str, Any] = {
    "response_class": JSONResponse,
    "response_model": WeekAnswer,
    "responses": {304: {"description": "Nothing changed since the ETag of If-None-Match"}} | problems(404),
}
CALENDAR, PAPER, TRACK = (_documented(file_content(format_of(kind).media)) for kind in ("ics", "pdf", "gpx"))


def week_as_json(
    request: Request, app_state: AppState, c: Connection, by: Coordinator | OwnBuddy, asked: OfWeek
) -> Response:
    """Return a week as JSON as the reader sees it, or 304."""

    def make() -> tuple[str, bytes]:
        own = own_week(c, *asked, _sight(app_state, c, by))
        return etag(own.tag), week_answer(own).model_dump_json(by_alias=True).encode()

    tag, body = app_state.fresh.of(c, ("week", *asked, _host(by)), make)
    return unless_known(request, tag, lambda: Response(body, media_type="application/json"))


def week_as_file(
    request: Request,
    app_state: AppState,
    c: Connection,
    by: Coordinator | OwnBuddy,
    asked: OfWeek,
    kind: str,
    language: Language,
) -> Response:
    """Return a week as a file in a language, as the reader sees it, or 304; it is cached until it changes."""
    sight_of = _sight(app_state, c, by)
    own = own_week(c, *asked, sight_of)
    tag = f"{own.tag}-{kind}-{language}"

    def make() -> bytes:
        run = app_state.runs.of_plan(c, own.plan.id)
        run = visible_run(run, sight_of(own.plan)) if sight_of else run
        asked = ExportRequest(kind, own.week.buddy, own.week.week, language=language)
        return exported(run, asked)

    return unless_known(
        request, etag(tag), lambda: Response(app_state.files.of(tag, make), media_type=format_of(kind).media)
    )


def _host(by: Coordinator | OwnBuddy) -> str:
    return by.host if isinstance(by, Coordinator) else ""


def _sight(
    app_state: AppState, c: Connection, by: Coordinator | OwnBuddy
) -> Callable[[StoredPlan], Sight] | None:
    """Return what a coordinator of one host sees of a plan; None for readers who see the whole week."""
    if not _host(by):
        return None
    return lambda plan: visible_to(by, app_state.runs.nameless(c, plan.id).problem)
