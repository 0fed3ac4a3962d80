"""The router of every resource and page: what its routes write is one transaction with audit row and key.

The transaction begins with the first write and ends before the answer leaves the thread that made it: whoever
kept it open while the answer is made in another thread would wait for threads that wait for the transaction.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

from fastapi import APIRouter
from pydantic import TypeAdapter
from starlette.responses import Response

from api.http.frame.writes.write import current
from data.base.errors import BuddyplanError

READING = frozenset(("GET", "HEAD", "OPTIONS"))


class Router(APIRouter):
    """A router like any other, but for methods that write."""

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Add a route; what it writes is one transaction. One that `computes` writes nothing."""
        writes = not READING.issuperset(options.get("methods") or READING)
        if writes and not inspect.iscoroutinefunction(endpoint):
            endpoint = in_one_transaction(endpoint, options.get("status_code") or 200)
        super().add_api_route(path, endpoint, **options)


def in_one_transaction(endpoint: Callable[..., Any], status: int) -> Callable[..., Any]:
    """Return an endpoint whose writes are all stored or none, together with their audit row and answer.

    What it had written whole before it refuses, such as a wrong password counted, stays with the row of the
    refusal.
    """

    @functools.cache
    def adapter() -> TypeAdapter[Any]:
        return TypeAdapter(get_type_hints(endpoint, include_extras=True)["return"])

    @functools.wraps(endpoint)
    def write(**values: Any) -> Response:
        asked = current.get()
        assert asked is not None, "the middleware names the request"
        given = next((each for each in values.values() if isinstance(each, Response)), None)
        refusal: BuddyplanError | None = None
        with asked.store.one_transaction() as whole:
            whole.on_begin = asked.reserve
            try:
                answer = _rendered(endpoint(**values), adapter, given, status)
            except BuddyplanError as error:
                if not whole.parts:
                    raise
                refusal = error
            with whole.part(shown=False) as c:
                if refusal is not None:
                    asked.settle(c, refusal.http_status, None)
                else:
                    asked.settle(c, answer.status_code, answer if answer.status_code < 300 else None)
        asked.audited = True
        if refusal is not None:
            raise refusal
        return answer

    return write


def _rendered(
    returned: Any, adapter: Callable[[], TypeAdapter[Any]], given: Response | None, status: int
) -> Response:
    """Return the answer with all its bytes; `given` has the headers and the status that the endpoint set."""
    if isinstance(returned, Response):
        return returned
    chosen = (given.status_code if given else None) or status
    if returned is None:
        answer = Response(status_code=chosen)
    else:
        body = adapter().dump_json(returned, by_alias=True)
        answer = Response(body, chosen, media_type="application/json")
    if given:
        answer.headers.raw.extend(given.headers.raw)
    return answer
