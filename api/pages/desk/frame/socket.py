"""The desk's live connection is of one session: no other opens it, nor another site, and it ends with it."""

import asyncio
import time
from collections.abc import Callable

from nicegui import Client
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from api.http.frame.auth import is_of_this_site
from api.http.frame.session.cookies import SESSION, read_cookie
from api.http.frame.session.idle import user_of_session

LOOK_S = 1.0
"""So often an open connection is asked whether its session still holds."""
LEAVE_S = 0.3
"""How long the browser has to be told to leave the page before the connection ends."""
OVER = 4401
TO_SIGN_IN = "location.href = '/sign-in?back=' + encodeURIComponent(location.pathname + location.search)"


class BoundSocket:
    """Wraps the desk; what is no WebSocket passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        asking = WebSocket(scope, receive, send)
        secret = read_cookie(asking, SESSION)
        page = Client.instances.get(asking.query_params.get("client_id", ""))
        of_page = page is None or read_cookie(page.request, SESSION) == secret

        def holds() -> bool:
            return bool(secret) and bool(user_of_session(asking.app.state.app_state, secret, in_use=False))

        if not (is_of_this_site(asking) and of_page and await asyncio.to_thread(holds)):
            await asking.close()
            return
        await self.app(scope, _Held(receive, send, holds, page).receive, send)


class _Held:
    """What a browser sends while its session holds."""

    def __init__(self, receive: Receive, send: Send, holds: Callable[[], bool], page: Client | None) -> None:
        self._receive, self._send, self._holds, self._page = receive, send, holds, page
        self._next: asyncio.Task[Message] | None = None
        self._looked = time.monotonic()

    async def receive(self) -> Message:
        while True:
            if self._next is None:
                self._next = asyncio.ensure_future(self._receive())
            await asyncio.wait({self._next}, timeout=LOOK_S)
            if time.monotonic() - self._looked >= LOOK_S:
                self._looked = time.monotonic()
                if not await asyncio.to_thread(self._holds):
                    return await self._end()
            if self._next.done():
                sent, self._next = self._next.result(), None
                return sent

    async def _end(self) -> Message:
        if self._next:
            self._next.cancel()
        if self._page:
            self._page.run_javascript(TO_SIGN_IN)
            await asyncio.sleep(LEAVE_S)
        await self._send({"type": "websocket.close", "code": OVER})
        return {"type": "websocket.disconnect", "code": OVER}
