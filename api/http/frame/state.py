"""What the app holds while it runs: the service, recent runs, recent files, and what computes answers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Connection

from api.http.frame.cached_until_changed import CachedUntilChanged
from api.http.frame.computing import Computing
from api.jobs.answering import Answering
from api.run.registered.programmes import Programmes, ready
from api.run.stored import StoredRuns
from api.run.stored_sources import sources_of_programme
from api.service.lru import LruCache
from api.service.wiring import Service
from data.access import Reader, Sight, visible_to
from data.model.problem import Problem
from data.store.work.problems import is_made_by, keep_problem, problem_of
from data.store.work.references import keep_reference


@dataclass(frozen=True)
class AppState:
    """The service with its in-memory caches, all of which can be rebuilt from the store.

    `seen` is when sessions were used last, by the hash of their secret.
    """

    service: Service
    answering: Answering
    runs: StoredRuns = field(default_factory=StoredRuns)
    files: LruCache[str, bytes] = field(default_factory=lambda: LruCache(200))
    fresh: CachedUntilChanged = field(default_factory=CachedUntilChanged)
    seen: LruCache[str, datetime] = field(default_factory=lambda: LruCache(2000))
    problems: LruCache[str, Problem] = field(default_factory=lambda: LruCache(4))
    computing: Computing = field(default_factory=Computing)
    programmes: Programmes = field(default_factory=Programmes)

    def problem(self, c: Connection, key: str) -> Problem:
        """Return a stored problem, which never changes."""
        return self.problems.of(key, lambda: problem_of(c, key)[0])

    def latest(self, c: Connection, programme: str) -> Problem:
        """Return the problem of the register as it is now; raises `NotThere` as long as it has no rows."""
        return self.programmes.problem(c, programme)

    def stored(self, problem: Problem, change_set: int) -> str:
        """Store a problem unless it is there, and return its hash: what is computed refers to stored ones.

        `change_set` is the number of the register's last change set when it made this problem.
        """
        with self.service.store.reading() as c:
            if is_made_by(c, problem.hash, change_set):
                return problem.hash
            sources = sources_of_programme(c, problem.programme.id)
            kept = ready(c, problem, sources)
        with self.service.store.writing(shown=False) as c:
            keep_reference(c, sources.reference)  # earlier versions stored problems without any
            return keep_problem(c, kept, change_set)

    def sight(self, c: Connection, reader: Reader, programme: str) -> Sight:
        """Return what a reader sees of a programme in its current state."""
        return visible_to(reader, self.latest(c, programme))


async def _app_state(request: Request) -> AppState:
    app_state: AppState = request.app.state.app_state
    return app_state


InAppState = Annotated[AppState, Depends(_app_state)]
