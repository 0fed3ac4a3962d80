"""What the app keeps while it runs: the service, recent runs, recent files, and the writer of the audit."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from api.http.fresh import Fresh
from api.own_files import Rendered
from api.stored_run import StoredRuns
from api.wiring import Service
from data.access import Reader, Sight, visible_to
from data.problem import Problem
from data.store.problems import latest_problem, problem_of

Made = TypeVar("Made")


@dataclass(frozen=True)
class Kept:
    """The service with what is kept in memory; everything in it can be made again from the store."""

    service: Service
    runs: StoredRuns = field(default_factory=StoredRuns)
    files: Rendered = field(default_factory=Rendered)
    fresh: Fresh = field(default_factory=Fresh)
    problems: dict[str, Problem] = field(default_factory=dict)

    async def answer(self, key: Hashable, make: Callable[[Connection], Made]) -> Made:
        """Return what is kept under a key, or make it in a thread.

        A store that is a file of this machine is asked without a thread; one that may be far away in one, so
        that it never holds up other requests.
        """
        if self.service.store.on_sqlite:
            with self.service.store.reading() as c:
                found = self.fresh.kept(c, key)
            if found is not None:
                kept: Made = found[0]
                return kept
        return await run_in_threadpool(self._made, key, make)

    def _made(self, key: Hashable, make: Callable[[Connection], Made]) -> Made:
        with self.service.store.reading() as c:
            return self.fresh.of(c, key, lambda: make(c))

    def problem(self, c: Connection, key: str) -> Problem:
        """Return a stored problem, which never changes."""
        if key not in self.problems:
            if len(self.problems) >= 4:
                self.problems.clear()
            self.problems[key] = problem_of(c, key)[0]
        return self.problems[key]

    def latest(self, c: Connection, programme: str) -> Problem:
        """Return the problem that was imported last; raises `NotThere`."""
        return self.problem(c, latest_problem(c, programme))

    def sight(self, c: Connection, reader: Reader, programme: str) -> Sight:
        """Return what a reader sees of a programme as it is now."""
        return visible_to(reader, self.latest(c, programme))


async def _kept(request: Request) -> Kept:
    kept: Kept = request.app.state.kept
    return kept


InMemory = Annotated[Kept, Depends(_kept)]
