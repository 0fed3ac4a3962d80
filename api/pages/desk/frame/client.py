"""The desk calls the service's own HTTP API, in this process, so roles, audit and conflicts are the API's."""

import json
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from fastapi import FastAPI

from api.http.frame.auth import COOKIE
from api.words.sentence import message_of
from data.base.entity import Entity
from data.store.database.record import new_id

HERE = "http://desk"
Kind = TypeVar("Kind", bound=Entity)
PAGE_SIZE = 200
LONGEST_S = 120


def entity_of(kind: type[Kind], answered: Any) -> Kind:
    """Return an entity from an answer; entities are strict, and JSON writes a tuple as a list."""
    return kind.model_validate_json(json.dumps(answered))


class Refused(Exception):
    """The API refused: the status, the kind of problem, the English sentence, and findings if it has some."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status, self.detail = status, str(problem.get("detail", ""))
        kind = str(problem.get("type", "")).rpartition(":")[2]
        self.cause = message_of(kind, problem.get("fields") or {})
        self.findings: list[dict[str, Any]] = problem.get("findings") or []
        super().__init__(f"{status}: {self.detail}")


class Api:
    """The API as one signed-in user may use it; opens no connection and needs no address."""

    def __init__(self, app: FastAPI, secret: str, programme: str = "") -> None:
        self.programme = programme
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url=f"{HERE}/api/v1",
            cookies={COOKIE: secret} if secret else None,
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
        self, method: str, path: str, body: Any = None, if_match: str = "", **query: Any
    ) -> httpx.Response:
        """Return the answer to a request; raises `Refused` for every status from 400 on.

        Each POST has its own `Idempotency-Key`, so that it takes effect once.
        """
        headers = {"If-Match": if_match} if if_match else {}
        if method == "POST":
            headers["Idempotency-Key"] = new_id()
        given = {"programme": self.programme} if self.programme else {}
        answer = await self._client.request(method, path, json=body, headers=headers, params=given | query)
        if answer.status_code >= 400:
            raise Refused(answer.status_code, answer.json())
        return answer

    async def get(self, path: str, **query: Any) -> Any:
        """Return the answer at a path."""
        return (await self.ask("GET", path, **query)).json()

    async def get_or_none(self, path: str, **query: Any) -> Any:
        """Return the answer at a path, None if there is nothing."""
        try:
            return await self.get(path, **query)
        except Refused as refused:
            if refused.status != 404:
                raise
            return None

    async def every(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Return all items of a paged list."""
        found: list[dict[str, Any]] = []
        cursor: str | None = ""
        while cursor is not None:
            page = await self.get(path, limit=PAGE_SIZE, cursor=cursor, **query)
            found += page["items"]
            cursor = page["next"]
        return found

    async def post(self, path: str, body: Any = None, if_match: str = "") -> Any:
        """Post a body, and return the answer."""
        return (await self.ask("POST", path, body, if_match)).json()

    async def tagged(self, path: str) -> tuple[Any, str]:
        """Return the answer at a path, with the ETag that a change must send."""
        answer = await self.ask("GET", path)
        return answer.json(), answer.headers["ETag"]

    async def change(self, method: str, path: str, body: Any = None) -> None:
        """Change or delete the current version of what is at a path."""
        _, tag = await self.tagged(path)
        await self.ask(method, path, body, tag)
