"""The desk in the app of the web process: NiceGUI under `/desk`, loaded only here."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response
from nicegui import core, ui
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.pages.desk.away import absences, handover, leaving
from api.pages.desk.frame.page import show_at
from api.pages.desk.frame.socket import BoundSocket
from api.pages.desk.matching import page as matching
from api.pages.desk.office import begin, imports, invitations, overview, users
from api.pages.desk.register.pages import LISTS, OTHERS, ROWS
from api.pages.desk.studies import page as scenarios
from api.pages.desk.studies import positions
from api.pages.desk.weeks import messages
from api.pages.desk.weeks import page as weeks
from api.pages.frame.error_pages import error_page

MOUNT = "/desk"
POLICY = (
    b"default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    b"img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    b"base-uri 'none'; frame-ancestors 'none'"
)
"""NiceGUI builds its pages in the browser, from inline scripts."""
CAUTION = (
    (b"content-security-policy", POLICY),
    (b"referrer-policy", b"same-origin"),
    (b"vary", b"Cookie, Accept-Language"),
)
PAGES = (
    overview, imports, absences, matching, weeks, messages, scenarios, positions, invitations, users, begin,
    *LISTS, *OTHERS,
)  # fmt: skip


class Caution:
    """Gives the desk's answers their own security policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def cautious(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in CAUTION}
                kept = [each for each in message["headers"] if each[0].lower() not in own]
                message["headers"] = [*kept, *CAUTION]
            await send(message)

        await self.app(scope, receive, cautious)


async def _nowhere(request: Request, error: Exception) -> Response:
    return error_page(request, 404)


def with_desk(app: FastAPI) -> FastAPI:
    """Return the app with the desk mounted; once per process, since NiceGUI has only one app."""
    core.app.state.service, core.app.state.app_state = app.state.service, app.state.app_state
    # Polling would be many requests of one connection; a WebSocket is one, and ends as one.
    core.app.config.socket_io_js_transports = core.sio.eio.transports = ["websocket"]
    page: Any
    for page in PAGES:
        show_at(app, page.PATH, page.TITLE, page.show)
    for own in (leaving, handover):
        show_at(app, own.PATH, own.TITLE, own.show, own_heading=True)
    for of_row in ROWS:
        show_at(app, of_row.PATH, of_row.TITLE, of_row.show, of_row.own_heading)
    core.app.add_middleware(Caution)
    core.app.add_middleware(BoundSocket)
    core.app.add_exception_handler(404, _nowhere)
    ui.run_with(
        app,
        mount_path=MOUNT,
        title="buddyplan",
        favicon=None,
        dark=None,
        language="de",
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=10,
    )
    return app
