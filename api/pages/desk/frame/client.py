"""The desk calls the service's own HTTP API, in this process, so roles, audit and conflicts are the API's."""

from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl

import httpx
from fastapi import FastAPI
from pydantic import TypeAdapter

from api.http.frame.errors import Problem
from api.http.frame.schemas import Page, Schema
from api.http.frame.session.cookies import PREFIX, SESSION
from data.base.message import message_of
from data.store.database.record import new_id

HERE = "https://desk"
Answer = TypeVar("Answer")
PAGE_SIZE = 200
LONGEST_S = 120


def _read(kind: type[Answer], answer: httpx.Response) -> Answer:
    return TypeAdapter(kind).validate_json(answer.content)


class Refused(Exception):
    """The API refused: status, kind of problem, what exactly is wrong, and findings if there are any."""

    def __init__(self, problem: Problem) -> None:
        self.status, self.detail = problem.status, problem.detail
        fields = problem.fields or {}
        self.cause = message_of(problem.type.rpartition(":")[2], fields)
        self.said = message_of(problem.code, fields) if problem.code else self.cause
        self.findings = problem.findings or ()
        super().__init__(f"{self.status}: {self.detail}")


class Api:
    """The API as one signed-in user may use it; opens no connection and needs no address."""

    def __init__(self, app: FastAPI, secret: str, programme: str = "") -> None:
        self.app, self.secret, self.programme = app, secret, programme
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url=f"{HERE}/api/v1",
            cookies={f"{PREFIX}{SESSION}": secret} if secret else None,
            headers={"X-Requested-With": "desk"},
            timeout=LONGEST_S,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def ask(
        self, method: str, path: str, body: Schema | None = None, if_match: str = "", **query: Any
    ) -> httpx.Response:
        """Return the answer to a request; raises `Refused` for every status from 400 on.

        A query in the path counts as well as one in `query`; beside the programme it would be lost otherwise.
        Each POST has its own `Idempotency-Key`, so that it takes effect once. A PATCH sends the fields that
        were set.
        """
        path, _, own = path.partition("?")
        headers = {"If-Match": if_match} if if_match else {}
        if method == "POST":
            headers["Idempotency-Key"] = new_id()
        given = {"programme": self.programme} if self.programme else {}
        sent = body.model_dump(mode="json", by_alias=True, exclude_unset=method == "PATCH") if body else None
        answer = await self._client.request(
            method, path, json=sent, headers=headers, params=given | dict(parse_qsl(own)) | query
        )
        if answer.status_code >= 400:
            raise Refused(_read(Problem, answer))
        return answer

    async def get(self, kind: type[Answer], path: str, /, **query: Any) -> Answer:
        """Return the answer at a path, which is of a kind."""
        return _read(kind, await self.ask("GET", path, **query))

    async def some(self, kind: type[Answer], path: str, limit: int) -> list[Answer]:
        """Return the first items of a paged list."""
        return (await self._page(kind, path, limit=limit)).items

    async def every(self, kind: type[Answer], path: str, /, **query: Any) -> list[Answer]:
        """Return all items of a paged list."""
        found: list[Answer] = []
        cursor: str | None = ""
        while cursor is not None:
            page = await self._page(kind, path, limit=PAGE_SIZE, cursor=cursor, **query)
            found += page.items
            cursor = page.next
        return found

    async def _page(self, kind: type[Answer], path: str, /, **query: Any) -> Page[Answer]:
        of_kind: Any = Page
        page: Page[Answer] = await self.get(of_kind[kind], path, **query)
        return page

    async def post(
        self, kind: type[Answer], path: str, body: Schema | None = None, if_match: str = "", **query: Any
    ) -> Answer:
        """Post a body, and return the answer, which is of a kind; a query in the path would be dropped."""
        return _read(kind, await self.ask("POST", path, body, if_match, **query))

    async def tagged(self, kind: type[Answer], path: str) -> tuple[Answer, str]:
        """Return the answer at a path, with the ETag that a change must send."""
        answer = await self.ask("GET", path)
        return _read(kind, answer), answer.headers["ETag"]

    async def change(self, method: str, path: str, body: Schema | None = None) -> None:
        """Change or delete the current version of what is at a path."""
        shown = await self.ask("GET", path)
        await self.ask(method, path, body, shown.headers["ETag"])
