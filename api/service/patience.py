"""Connections that say nothing, or too slowly, are closed: each held open costs a place and some memory."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_S = 15
"""A request's head has to be whole after this time, the first one's from the connection on."""
BODY_S = 60
"""More of a body has to come within this time; it begins anew with each piece."""


class PatientProtocol(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, with limits of time while the client has the turn."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._expect_more(HEAD_S)

    def on_message_begin(self) -> None:
        """Wait for the whole head, however often a piece of it comes."""
        super().on_message_begin()
        self._expect_more(HEAD_S)

    def on_headers_complete(self) -> None:
        """Wait for the body."""
        super().on_headers_complete()
        self._expect_more(BODY_S)

    def on_body(self, body: bytes) -> None:
        """Wait for more of the body."""
        super().on_body(body)
        self._expect_more(BODY_S)

    def on_message_complete(self) -> None:
        """Wait no longer: it is the service's turn, and afterwards uvicorn's own limit holds."""
        super().on_message_complete()
        self._expect_nothing()

    def handle_websocket_upgrade(self) -> None:
        """Leave a WebSocket to its own protocol, which asks for signs of life."""
        self._expect_nothing()
        super().handle_websocket_upgrade()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nobody."""
        self._expect_nothing()
        super().connection_lost(exc)

    def _expect_more(self, within_s: float) -> None:
        self._expect_nothing()
        self._waiting = self.loop.call_later(within_s, self.timeout_keep_alive_handler)

    def _expect_nothing(self) -> None:
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None
