"""Middleware for every request: size limit, request id, security headers, and audit before the answer."""

import asyncio
import re
import time
from typing import Any

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.frame.errors import problem_answer
from api.http.frame.writes.audit_writer import AuditWriter
from api.http.frame.writes.body_hash import BodyHash
from api.http.frame.writes.write import Write, current
from api.service.metrics import Metrics
from data.access import Coordinator, OwnBuddy, Reader
from data.store.database.record import new_id
from data.store.database.store import Store
from data.store.people.audit import AuditRow, audit_moment

log = structlog.get_logger()

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
CAUTION = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
ONLY_TLS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
PRIVATE = (b"cache-control", b"private, no-cache")
REQUEST_ID = re.compile(rb"[\w.-]{1,64}")
JSON_BYTES = 1_000_000
PREFIX = "/api/v1"
ROLES = {"Coordinator": "coordinator", "OwnBuddy": "buddy", "Planner": "planner", "Viewer": "viewer"}


class Passing:
    """Wraps the app; no byte of an answer is sent before its audit row is stored."""

    def __init__(
        self, app: ASGIApp, store: Store, audit: AuditWriter, upload_bytes: int, metrics: Metrics
    ) -> None:
        self.app, self.store, self.audit = app, store, audit
        self.upload_bytes, self.metrics = upload_bytes, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await _Passage(self, scope, receive, send).serve()


class _Passage:
    """One request on its way in and out."""

    def __init__(self, passing: Passing, scope: Scope, receive: Receive, send: Send) -> None:
        self.passing, self.scope, self._receive, self._send = passing, scope, receive, send
        self.state: dict[str, Any] = scope.setdefault("state", {})
        self.headers = dict(scope["headers"])
        given = self.headers.get(b"x-request-id", b"")
        self.own_id = new_id()
        self.id = given if REQUEST_ID.fullmatch(given) else self.own_id.encode()
        self.state["body_hash"] = BodyHash(self.headers.get(b"content-type", b""))
        self.read = 0
        self.began = time.perf_counter()
        self.begun = False
        self.status = 0
        self.write = self.state["write"] = Write(passing.store, self._row_due)

    @property
    def most(self) -> int:
        multipart = self.headers.get(b"content-type", b"").startswith(b"multipart/")
        return self.passing.upload_bytes if multipart else JSON_BYTES

    @property
    def route(self) -> str:
        """The route, never the path itself, which may hold ids and tokens."""
        path: str = getattr(self.scope.get("route"), "path", "none")
        within = self.scope["path"].startswith(PREFIX) and not path.startswith(PREFIX)
        return f"{PREFIX}{path}" if within else path

    async def serve(self) -> None:
        outer = current.set(self.write)
        try:
            declared = self.headers.get(b"content-length", b"0")
            if declared.isdigit() and int(declared) > self.most:
                await problem_answer(413, self._too_large())(self.scope, self._receive, self.send)
                return
            await self.passing.app(self.scope, self.receive, self.send)
        except Exception as error:
            if self.begun:
                raise
            await self._refuse(self._answer_to(error))
        finally:
            current.reset(outer)
            self._count()

    def _answer_to(self, error: Exception) -> ASGIApp:
        if isinstance(error, HTTPException):  # found while the body was read, before the app
            return problem_answer(error.status_code, error.detail)
        answer: ASGIApp = self.scope["app"].state.late_refusal(Request(self.scope), error)
        return answer

    async def _refuse(self, answer: ASGIApp) -> None:
        """Send a refusal with its audit row or, where nothing can be stored, without."""
        try:
            await answer(self.scope, self._receive, self.send)
        except Exception:
            if self.begun:
                raise
            self.write.audited = True
            await answer(self.scope, self._receive, self.send)

    def _too_large(self) -> str:
        return f"the request has more than {self.most} bytes"

    async def receive(self) -> Message:
        message = await self._receive()
        body = message.get("body", b"")
        self.read += len(body)
        if self.read > self.most:
            raise HTTPException(413, self._too_large())
        self.state["body_hash"].update(body)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._audited(message["status"])
            self.begun = True
            self.status = message["status"]
            own = {name.lower() for name, _ in message["headers"]}
            added = [(b"x-request-id", self.id), *CAUTION, PRIVATE]
            if self.scope.get("scheme") == "https":
                added.append(ONLY_TLS)
            message["headers"] = [*message["headers"], *(each for each in added if each[0] not in own)]
        await self._send(message)

    async def _audited(self, status: int) -> None:
        """Store the audit row, unless the transaction of the write has it."""
        row = None if self.write.audited else self._row_due(status)
        if row is not None:
            await asyncio.wrap_future(self.passing.audit.write(row))

    def _row_due(self, status: int) -> AuditRow | None:
        """Return a row for every write, every read of a person's plan, and everything refused to a buddy."""
        reader: Reader | None = self.state.get("reader")
        refused = isinstance(reader, OwnBuddy) and status in (403, 404)
        write = self.scope["method"] not in SAFE
        if reader is None or not (write or refused or self.state.get("personal")):
            return None
        return self._row(reader, status)

    def _row(self, reader: Reader, status: int) -> AuditRow:
        ids = {k: v for k, v in self.scope.get("path_params", {}).items() if k != "token"}
        subject = " ".join(f"{name}={value}" for name, value in sorted(ids.items()))
        about = self.state.get("subject", "")
        return AuditRow(
            at=audit_moment(not isinstance(reader, Coordinator)),
            user=reader.user,
            role=ROLES[type(reader).__name__],
            action=f"{self.scope['method']} {self.route}"[:60],
            subject=" ".join(part for part in (subject, about) if part)[:400],
            outcome=status,
        )

    def _count(self) -> None:
        """Count the request and its duration under its route, and log it."""
        metrics, seconds = self.passing.metrics, time.perf_counter() - self.began
        metrics.requests.labels(self.route, str(self.status)).inc()
        metrics.request_seconds.labels(self.route).observe(seconds)
        told = {"method": self.scope["method"], "route": self.route, "status": self.status}
        if self.id == self.own_id.encode():
            # A client may put anything into the id that it sends.
            told["request"] = self.own_id
        log.info("request", seconds=round(seconds, 4), **told)
