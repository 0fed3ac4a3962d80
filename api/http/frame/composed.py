"""Text comes in as in files: ids in path and query, and JSON bodies, in Unicode's composed form (NFC)."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.base.plain_text import composed

SECRETS = ("password", "passphrase", "secret", "token")
"""Words in the keys of values that are compared as they were given."""


class ComposedText:
    """Wraps the app; what cannot be decoded is left for it to refuse."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # In place, since what wraps this reads the route from it.
        scope["path"], scope["query_string"] = composed(scope["path"]), _query(scope["query_string"])
        kind = dict(scope["headers"]).get(b"content-type", b"").partition(b";")[0].strip().lower()
        is_json = kind == b"application/json" or kind.endswith(b"+json")
        await self.app(scope, _Body(receive).receive if is_json else receive, send)


class _Body:
    """A JSON body, which is read as a whole before it is passed on."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._messages = receive, self._composed()

    async def receive(self) -> Message:
        return await anext(self._messages)

    async def _composed(self) -> AsyncIterator[Message]:
        body, last = b"", await self._receive()
        while last["type"] == "http.request":
            body += last.get("body", b"")
            if not last.get("more_body", False):
                yield {"type": "http.request", "body": composed_json(body), "more_body": False}
            last = await self._receive()
        yield last
        while True:
            yield await self._receive()


def composed_json(body: bytes) -> bytes:
    """Return a JSON body with composed texts; one that is plain ASCII or no JSON, as it is."""
    if body.isascii() and b"\\u" not in body:
        return body
    try:
        return json.dumps(_composed(json.loads(body))).encode()
    except (ValueError, RecursionError):
        return body


def _composed(value: Any, key: str = "") -> Any:
    match value:
        case str():
            return value if any(word in key.lower() for word in SECRETS) else composed(value)
        case list():
            return [_composed(each, key) for each in value]
        case dict():
            return {composed(name): _composed(each, name) for name, each in value.items()}
    return value


def _query(given: bytes) -> bytes:
    if b"%" not in given and given.isascii():
        return given
    return b"&".join(b"=".join(map(_part, pair.split(b"=", 1))) for pair in given.split(b"&"))


def _part(given: bytes) -> bytes:
    try:
        text = unquote_to_bytes(given.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return given
    plain = composed(text)
    return given if plain == text else quote(plain).encode()
