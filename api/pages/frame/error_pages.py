"""Errors on a page are shown as a page: in the reader's language, with a link to continue."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.http.frame.errors import FactorRequired, SignInNeeded, TooOften, logged
from api.http.frame.middleware import SAFE
from api.http.frame.writes.router import Router
from api.jobs.answering import NotAnswered
from api.pages.frame.shell import Shell, onward, own_path
from api.words.speaker import Speaker
from data.base.errors import BuddyplanError
from data.store.database.trouble import trouble

KNOWN = (400, 403, 404, 409, 413, 429, 500, 503)
"""The statuses with their own texts; others are shown as 400 or 500."""


class PageRoute(APIRoute):
    """A route that answers with pages."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """Return the handler with every error turned into a page."""
        plain = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await plain(request)
            except Exception as error:
                return page_of_error(request, error)

        return handle


def pages(**options: Any) -> Router:
    """Return a router for pages, which the API's documentation omits."""
    return Router(route_class=PageRoute, include_in_schema=False, **options)


def page_of_error(request: Request, error: Exception) -> Response:
    """Return the page for an error, or a redirect to sign-in if that is missing."""
    if isinstance(error, SignInNeeded):
        return onward(f"/sign-in?back={quote(_place(request), safe='')}")
    if isinstance(error, FactorRequired):
        return onward("/account?note=account_factor_required")
    status, key = 500, ""
    if isinstance(error, BuddyplanError):
        status = error.http_status
    elif isinstance(error, RequestValidationError):
        status = 422
    elif isinstance(error, HTTPException):
        status = error.status_code
    elif trouble(error) is not None:
        status, key = 503, logged(error)
    else:
        key = logged(error)
    answer = error_page(request, status, key)
    return to_wait(answer, error) if isinstance(error, TooOften | NotAnswered) else answer


def to_wait(answer: Response, error: TooOften | NotAnswered) -> Response:
    """Return an answer that says when to try again."""
    answer.headers["Retry-After"] = str(error.wait_seconds)
    return answer


def wait_words(say: Speaker, error: TooOften) -> str:
    """Return for how long to wait, as a sentence."""
    return say.t("sign_in_wait", wait=say.minutes(-(-error.wait_seconds // 60)))


def error_page(request: Request, status: int, key: str = "") -> Response:
    """Return the page of a status; `key` is the id in the log."""
    told = status if status in KNOWN else (500 if status >= 500 else 400)
    shell = Shell(request, request.app.state.service, None)
    return shell.page("error", {"told": told, "key": key}, status)


def _place(request: Request) -> str:
    """Return the requested page; for a form, the page that contained it."""
    if request.method in SAFE:
        query = request.url.query
        return request.url.path + (f"?{query}" if query else "")
    return own_path(urlsplit(request.headers.get("referer", "")).path)
