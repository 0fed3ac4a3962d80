"""Text of a request comes in composed (NFC), as in files, and without control characters."""

import json
import re
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.frame.errors import Wrong, problem_answer, problem_type
from api.words.sentence import sentence
from data.base.errors import BuddyplanError
from data.base.message import Message as Said
from data.base.message import fields_json, message
from data.base.plain_text import composed
from data.base.writable_text import unwritable_in

SECRETS = ("password", "passphrase", "secret", "token")
"""Words in the keys of values that are compared as they were given."""
SECRET_KEYS = ("code", "new", "old")
"""Whole keys of such values: the code of the set-up, whose file ends in a line end, and passwords."""
OF_MANY_LINES = ("note", "reason")
"""Keys of values that may hold tabs and line ends."""
_NOT_PLAIN = re.compile(rb"[^\t\n\r -~]|\\")
"""What a JSON body may hold that is to be composed or refused; UTF-16 has NULs."""
_FORM = b"application/x-www-form-urlencoded"


class ComposedText:
    """Wraps the app; what cannot be decoded is left for it to refuse."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            # In place, since what wraps this reads the route from it.
            scope["path"] = _text(scope["path"], "path", "")
            scope["query_string"] = _pairs(scope["query_string"], "query")
            receive = await _composed_body(scope, receive)
        except ControlCharacters as error:
            await _refusal(error)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class ControlCharacters(BuddyplanError):
    """A text of a request holds what no kind of file may hold, or lines where it has one."""

    def __init__(self, where: str, signs: tuple[str, ...]) -> None:
        super().__init__(message("control_characters", where=where, signs=signs))


def composed_json(body: bytes) -> bytes:
    """Return a JSON body with composed texts; one without such, or that is no JSON, as it is.

    Raises `ControlCharacters`.
    """
    if not _NOT_PLAIN.search(body):
        return body
    try:
        return json.dumps(_value(json.loads(body), "body", "")).encode()
    except ControlCharacters:
        raise
    except (ValueError, RecursionError):
        return body


async def _composed_body(scope: Scope, receive: Receive) -> Receive:
    """Return what gives the composed body; JSON and forms are read as a whole before they are passed on."""
    kind = dict(scope["headers"]).get(b"content-type", b"").partition(b";")[0].strip().lower()
    # Without a type, routes read JSON.
    if kind not in (b"", b"application/json", _FORM) and not kind.endswith(b"+json"):
        return receive
    body, last = b"", await receive()
    while last["type"] == "http.request":
        body += last.get("body", b"")
        if not last.get("more_body", False):
            whole = _pairs(body, "body") if kind == _FORM else composed_json(body)
            return _once({"type": "http.request", "body": whole, "more_body": False}, receive)
        last = await receive()
    return _once(last, receive)


def _once(first: Message, others: Receive) -> Receive:
    waiting = [first]

    async def receive() -> Message:
        return waiting.pop() if waiting else await others()

    return receive


def _value(value: Any, where: str, key: str) -> Any:
    match value:
        case str():
            return _text(value, where, key)
        case list():
            return [_value(each, f"{where}.{number}", key) for number, each in enumerate(value)]
        case dict():
            return {
                _text(name, where, ""): _value(each, f"{where}.{name}", name) for name, each in value.items()
            }
    return value


def _text(text: str, where: str, key: str) -> str:
    secret = key in SECRET_KEYS or any(word in key.lower() for word in SECRETS)
    if signs := unwritable_in(text, lines=secret or key in OF_MANY_LINES):
        raise ControlCharacters(where, signs)
    return text if secret else composed(text)


def _pairs(given: bytes, where: str) -> bytes:
    """Return a query or a form with composed names and values."""
    if b"%" not in given and not _NOT_PLAIN.search(given):
        return given
    made = []
    for pair in given.split(b"&"):
        name, equals, value = pair.partition(b"=")
        key = _decoded(name) or ""
        made.append(_part(name, where, "") + equals + _part(value, f"{where}.{key}", key))
    return b"&".join(made)


def _part(given: bytes, where: str, key: str) -> bytes:
    text = _decoded(given)
    if text is None:
        return given
    plain = _text(text, where, key)
    return given if plain == text else quote(plain).encode()


def _decoded(given: bytes) -> str | None:
    try:
        return unquote_to_bytes(given.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return None


def _refusal(error: ControlCharacters) -> ASGIApp:
    said: Said = error.said
    told, fields = sentence(said, "en"), fields_json(said)
    return problem_answer(
        error.http_status,
        told,
        kind=problem_type(error.kind),
        code=said.code,
        fields=fields,
        errors=[Wrong(where=fields["where"], problem=told)],
    )
