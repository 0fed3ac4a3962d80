"""A run put together from the store: what a matching or plan rests on, with names joined on reading."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from sqlalchemy import Connection

from api.run import Run
from data.identity import Identities
from data.store.matchings import matching_of
from data.store.plans import lineage, plan_of, weeks_of_plan
from data.store.problems import problem_of
from data.store.programmes import identities_of

MOST_RUNS = 8
"""A run of 1,000 companies takes some 20 MB, most of it travel times."""


class StoredRuns:
    """Runs by the id of their matching or plan, the latest few kept: what is stored never changes.

    Names are no part of what is kept, so that an erased person is gone with the next reading.
    """

    def __init__(self, most: int = MOST_RUNS) -> None:
        self._most = most
        self._kept: OrderedDict[str, Run] = OrderedDict()
        self._lock = Lock()

    def of_plan(self, c: Connection, key: str) -> Run:
        """Return the run of a plan; raises `data.store.record.NotThere`."""
        return self._named(c, self._run(key, lambda: _of_plan(c, key)))

    def of_matching(self, c: Connection, key: str) -> Run:
        """Return the run of a matching, without weeks; raises `data.store.record.NotThere`."""
        return self._named(c, self._run(key, lambda: _of_matching(c, key)))

    def _run(self, key: str, read: Callable[[], Run]) -> Run:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        run = read()
        with self._lock:
            self._kept[key] = run
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return run

    def _named(self, c: Connection, run: Run) -> Run:
        return replace(run, identities=identities_of(c, run.problem.programme.id))


def _of_matching(c: Connection, key: str) -> Run:
    stored = matching_of(c, key)
    problem, times = problem_of(c, stored.problem)
    return Run(
        problem=problem,
        identities=Identities(),
        times=times,
        matching=stored.matching,
        refinement=stored.refinement,
        explanations=stored.explanations,
    )


def _of_plan(c: Connection, key: str) -> Run:
    plan = plan_of(c, key)
    led = [each.replanning for each in lineage(c, plan) if each.replanning]
    run = _of_matching(c, plan.matching)
    return replace(run, weeks=weeks_of_plan(c, key), replannings=tuple(reversed(led)))
