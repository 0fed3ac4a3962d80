"""Requests that solve something while they are answered: few at a time, apart from those that only read.

They are solved by the processes of `api.jobs.answering`. Answers that only read share the server's threads,
so a request that is solved for a second must not hold one of these: it waits in the event loop for one of
as many threads as there are processes. Of each user only some may wait, so that nobody's requests stand
before everybody else's.
"""

import functools
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

import anyio
import anyio.to_thread

from api.http.frame.errors import TooOften
from api.jobs.answering import PROCESSES
from data.access import Reader

P = ParamSpec("P")
Answer = TypeVar("Answer")
MOST_OF_USER = 6
WAIT_S = 2
"""After how many seconds another request may have a chance."""


class Computing:
    """The threads of one app, and how many requests of each user hold one or wait for one."""

    def __init__(self) -> None:
        self.limiter = anyio.CapacityLimiter(PROCESSES)
        self._of_user: Counter[str] = Counter()

    @contextmanager
    def place(self, user: str) -> Iterator[None]:
        """Hold a place for a user's request; raises `TooOften` if the user has as many as one may have."""
        if self._of_user[user] >= MOST_OF_USER:
            raise TooOften(WAIT_S)
        self._of_user[user] += 1
        try:
            yield
        finally:
            self._of_user[user] -= 1
            if not self._of_user[user]:
                del self._of_user[user]


def computes(endpoint: Callable[P, Answer]) -> Callable[P, Awaitable[Answer]]:
    """Let an endpoint with the parameters `by` and `app_state` run in the threads that wait for solutions."""

    @functools.wraps(endpoint)
    async def waiting(*args: P.args, **kwargs: P.kwargs) -> Answer:
        by, app_state = _reader(kwargs), kwargs["app_state"]
        computing: Computing = app_state.computing  # type: ignore[attr-defined]
        with computing.place(by.user):
            call = functools.partial(endpoint, *args, **kwargs)
            return await anyio.to_thread.run_sync(call, limiter=computing.limiter)

    return waiting


def _reader(kwargs: dict[str, Any]) -> Reader:
    by: Reader = kwargs["by"]
    return by
