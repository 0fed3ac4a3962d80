"""The pages in the app: every router, and a page for paths that do not exist."""

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.http.accounts import oidc
from api.http.frame.errors import unexpected
from api.pages import coverage, invitation, sign_in, start
from api.pages.account import calendar_link, keys, password, second_factor, sessions
from api.pages.buddy import absences, move, offline, stop, weeks
from api.pages.desk import first_page
from api.pages.frame import static_files
from api.pages.frame.error_pages import error_page, page_of_error
from api.pages.frame.shell import onward
from data.base.errors import BuddyplanError

ROUTERS = (
    start.router,
    sign_in.router,
    invitation.router,
    password.router,
    keys.router,
    sessions.router,
    second_factor.router,
    calendar_link.router,
    offline.router,
    weeks.router,
    stop.router,
    move.router,
    absences.router,
    coverage.router,
    first_page.router,
    static_files.router,
)
FOR_PROGRAMS = ("/api/", "/auth/", "/healthz", "/readyz", "/metrics")
"""Paths with these prefixes are answered as before, whoever asks."""


def with_pages(app: FastAPI) -> FastAPI:
    """Return the app of the API with the pages added."""
    for router in ROUTERS:
        app.include_router(router)
    plain, of_ours = app.exception_handlers[HTTPException], app.exception_handlers[BuddyplanError]

    async def nowhere(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if request.url.path.startswith(FOR_PROGRAMS):
            answer: Response = await plain(request, error)  # type: ignore[misc]
            return answer
        return error_page(request, error.status_code)

    async def not_signed_in(request: Request, error: Exception) -> Response:
        # Only people with a browser come back from an identity provider.
        if request.url.path.startswith(oidc.router.prefix):
            return onward("/sign-in?note=sign_in_elsewhere_failed")
        answer: Response = await of_ours(request, error)  # type: ignore[misc]
        return answer

    def late(request: Request, error: Exception) -> Response:
        for_programs = request.url.path.startswith(FOR_PROGRAMS)
        return unexpected(error) if for_programs else page_of_error(request, error)

    app.state.late_refusal = late
    app.add_exception_handler(HTTPException, nowhere)
    app.add_exception_handler(BuddyplanError, not_signed_in)
    return app
