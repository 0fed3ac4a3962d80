"""Every error is answered as `application/problem+json` (RFC 9457), and every answer is documented."""

from http import HTTPStatus
from typing import Any, ClassVar

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from api.jobs.answering import NotAnswered
from api.service.logs import lines_of
from api.words.findings import FindingAnswer, finding_answer
from api.words.sentence import sentence
from data.base.errors import BuddyplanError
from data.base.message import Message, fields_json, message
from data.model.findings import Finding
from data.register.changes.errors import Clash
from data.store.database.record import new_id
from data.store.database.trouble import trouble
from data.store.people.idempotency import Answer

MEDIA = "application/problem+json"
log = structlog.get_logger()


class Wrong(BaseModel):
    """One part of a request that is not valid."""

    where: str = Field(examples=["body.minutes"])
    problem: str = Field(examples=["Input should be less than or equal to 600"])


class ClashShown(BaseModel):
    """A row that changed since it was read: what it is now, and what was sent."""

    entity: str = Field(examples=["companies"])
    id: str = Field(examples=["c0001"])
    version: int | None = Field(examples=[4])
    now: dict[str, str]
    sent: dict[str, str]


class Problem(BaseModel):
    """What went wrong, in the terms of RFC 9457."""

    type: str = Field(
        examples=["urn:buddyplan:problem:not_there"],
        description="What went wrong, for programs; docs/problems.md lists all kinds",
    )
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["there is no plan of this id"])
    code: str | None = Field(None, examples=["no_plan"], description="What exactly went wrong")
    fields: dict[str, Any] | None = Field(None, description="What code and kind of problem name")
    findings: tuple[FindingAnswer, ...] | None = None
    clashes: tuple[ClashShown, ...] | None = Field(None, description="Rows that somebody else has changed")
    errors: tuple[Wrong, ...] | None = None


class SignInNeeded(BuddyplanError):
    """Nobody is signed in, or the credentials are not valid."""

    http_status: ClassVar[int] = 401
    kind: ClassVar[str] = "sign_in_needed"


class Forbidden(BuddyplanError):
    """The reader's role may not do this."""

    http_status: ClassVar[int] = 403
    kind: ClassVar[str] = "forbidden"


class FactorRequired(Forbidden):
    """A coordinator has to switch a second factor on before anything else."""


class Stale(BuddyplanError):
    """The object was changed after it was read."""

    http_status: ClassVar[int] = 412
    kind: ClassVar[str] = "changed_since"


class VersionNeeded(BuddyplanError):
    """A change must say which version it changes."""

    http_status: ClassVar[int] = 428
    kind: ClassVar[str] = "version_needed"


class TooOften(BuddyplanError):
    """Too many attempts; the next one is possible after `wait_seconds`."""

    http_status: ClassVar[int] = 429
    kind: ClassVar[str] = "too_often"

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(message("too_many_attempts", seconds=wait_seconds))
        self.wait_seconds = wait_seconds


class NotConfigured(BuddyplanError):
    """This part of the service is not set up, or not available now."""

    http_status: ClassVar[int] = 503
    kind: ClassVar[str] = "not_available"


class WrongInput(BuddyplanError):
    """Files or changes with errors, all reported at once; nothing was changed."""

    kind: ClassVar[str] = "wrong_files"

    def __init__(self, said: Message, findings: tuple[Finding, ...]) -> None:
        super().__init__(said)
        self.findings = findings


class Replayed(Exception):
    """The same request was answered before; the stored answer is repeated."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI documentation of an operation's problem answers."""
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def problem_type(kind: str) -> str:
    """Return the URI of a kind of problem."""
    return f"urn:buddyplan:problem:{kind}"


def problem_answer(
    status: int, detail: str, headers: dict[str, str] | None = None, kind: str = "about:blank", **more: Any
) -> Response:
    """Return an answer that describes a problem; `more` are fields of `Problem` that it has besides."""
    body = Problem(type=kind, title=HTTPStatus(status).phrase, status=status, detail=detail, **more)
    return Response(body.model_dump_json(exclude_none=True), status, headers, MEDIA)


def handle_errors(app: FastAPI) -> None:
    """Register the handlers of all errors with an app."""
    app.add_exception_handler(BuddyplanError, _of_ours)
    app.add_exception_handler(RequestValidationError, _of_request)
    app.add_exception_handler(HTTPException, _of_protocol)
    app.add_exception_handler(Replayed, _replayed)


async def _of_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, BuddyplanError)
    one = getattr(error, "finding", None)
    findings = [one] if isinstance(one, Finding) else list(getattr(error, "findings", ()))
    headers = {}
    if isinstance(error, TooOften | NotAnswered):
        headers["Retry-After"] = str(error.wait_seconds)
    if isinstance(error, SignInNeeded):
        headers["WWW-Authenticate"] = "Bearer"
    return problem_answer(
        error.http_status,
        sentence(error.said, "en"),
        headers,
        problem_type(error.cause.code),
        code=error.said.code,
        fields=fields_json(error.said) | fields_json(error.cause) or None,
        findings=[finding_answer(each) for each in findings] or None,
        clashes=[_clash(each) for each in getattr(error, "clashes", ())] or None,
    )


def _clash(clash: Clash) -> ClashShown:
    """Return a clash by the fields that were sent, as they are now."""
    now = {name: clash.now.get(name, "") for name in clash.sent}
    return ClashShown(entity=clash.entity, id=clash.id, version=clash.version, now=now, sent=dict(clash.sent))


def said_by_ours(error: RequestValidationError) -> BuddyplanError | None:
    """Return the first of our own errors by which a value was refused: it has a code."""
    causes = (each.get("ctx", {}).get("error") for each in error.errors())
    return next((cause for cause in causes if isinstance(cause, BuddyplanError)), None)


async def _of_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    ours = said_by_ours(error)
    if ours is not None:
        return await _of_ours(request, ours)
    # The answer does not repeat the input: it may be a password.
    wrong = [
        Wrong(where=".".join(str(step) for step in each["loc"]), problem=each["msg"])
        for each in error.errors()
    ]
    kind = problem_type("request_does_not_fit")
    return problem_answer(422, "the request does not fit; see errors", kind=kind, errors=wrong)


async def _of_protocol(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    # 400 stands for a body that cannot be read at all: nested too deep, or a number of thousands of digits.
    status = 422 if error.status_code == 400 else error.status_code
    return problem_answer(status, str(error.detail), dict(error.headers or {}))


async def _replayed(request: Request, error: Exception) -> Response:
    assert isinstance(error, Replayed)
    answer = error.answer
    media = answer.headers.get("content-type", "application/json")
    headers = {"Idempotency-Replayed": "true"}
    headers |= {name: text for name, text in answer.headers.items() if name != "content-type"}
    return Response(answer.text, answer.status, headers, media)


def logged(error: BaseException) -> str:
    """Log an unexpected error, and return the id to look for in the log."""
    key = new_id()
    # The text of an error may hold input or stored data, so only its type and places are logged.
    log.error("unexpected", request=key, error=type(error).__name__, lines=lines_of(error))
    return key


def unexpected(error: BaseException) -> Response:
    """Return the answer to an unexpected error: the machine's trouble, or an id to look for in the log."""
    code = trouble(error)
    if code is not None:
        logged(error)
        kind = problem_type(NotConfigured.kind)
        return problem_answer(503, sentence(message(code), "en"), kind=kind, code=code)
    told = f"something went wrong; the log has it under {logged(error)}"
    return problem_answer(500, told, kind=problem_type("unexpected"))
