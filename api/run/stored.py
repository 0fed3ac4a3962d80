"""Builds a run from the store: the data behind a matching or plan, with names joined on reading."""

from dataclasses import replace

from sqlalchemy import Connection

from api.run.run import Run
from api.run.stored_sources import sources_of_problem
from api.service.lru import LruCache
from data.model.identity import Identities
from data.results.visits import with_companies
from data.store.work.matchings import matching_of
from data.store.work.plans import lineage, plan_of, told_from, weeks_of_plan
from data.store.work.problems import problem_of
from data.store.work.programmes import identities_of

MOST_RUNS = 8
"""A run of 1,000 companies takes some 20 MB, mostly travel times."""


class StoredRuns:
    """A cache of the latest runs, by the id of their matching or plan: stored results never change.

    Names are not cached, so that an erased person is gone at the next reading.
    """

    def __init__(self, most: int = MOST_RUNS) -> None:
        self._kept = LruCache[str, Run](most)

    def of_plan(self, c: Connection, key: str) -> Run:
        """Return the run of a plan; raises `data.store.database.record.NotThere`."""
        told_at = told_from(c, key)
        return replace(self._named(c, self.nameless(c, key)), told_at=told_at)

    def nameless(self, c: Connection, plan: str) -> Run:
        """Return the run of a plan with ids for names, for callers that need only a few names."""
        return self._kept.of(plan, lambda: _of_plan(c, plan))

    def of_matching(self, c: Connection, key: str) -> Run:
        """Return the run of a matching, without weeks; raises `data.store.database.record.NotThere`."""
        return self._named(c, self.nameless_matching(c, key))

    def nameless_matching(self, c: Connection, key: str) -> Run:
        """Return the run of a matching with ids for names."""
        return self._kept.of(key, lambda: _of_matching(c, key))

    def _named(self, c: Connection, run: Run) -> Run:
        return replace(run, identities=identities_of(c, run.problem.programme.id))


def _of_matching(c: Connection, key: str) -> Run:
    stored = matching_of(c, key)
    problem, times = problem_of(c, stored.problem)
    return Run(
        problem=problem,
        identities=Identities(),
        times=times,
        sources=sources_of_problem(c, stored.problem),
        matching=stored.matching,
        refinement=stored.refinement,
        explanations=stored.explanations,
    )


def _of_plan(c: Connection, key: str) -> Run:
    plan = plan_of(c, key)
    run = _of_matching(c, plan.matching)
    led = [with_companies(each.replanning, run.problem) for each in lineage(c, plan) if each.replanning]
    return replace(run, weeks=weeks_of_plan(c, key), replannings=tuple(reversed(led)))
