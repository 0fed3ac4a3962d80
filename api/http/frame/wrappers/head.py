"""Answers HEAD as GET without its body, on every route: calendars ask so whether a feed has changed."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadAsGet:
    """Wraps the app, whose routes know GET alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; status and headers of a HEAD are those of its GET."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def bare(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, bare)
