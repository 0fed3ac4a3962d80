"""The programmes of a service as they are now: register, area, and the problem for some weeks."""

from datetime import timedelta

from sqlalchemy import Connection

from api.run.stored_sources import programme_marked, sources_of_programme
from api.service.lru import LruCache
from data.base.dates import iso_week, minute_of
from data.base.message import message
from data.model.problem import Horizon, Problem
from data.model.programme import Programme
from data.reference.sources import Sources
from data.register.changes.draft import Area
from data.register.problem import problem_of
from data.register.rows.load import Registers
from data.register.rows.register import Register
from data.store.database.record import NotThere
from data.store.tables.utc import now
from data.store.work.bases import first_week_without_plan
from data.store.work.problems import (
    Packed,
    latest_import,
    latest_stored,
    packed,
)
from data.store.work.problems import problem_of as stored_problem_of
from data.travel.extended import times_after
from data.travel.on_demand import MOST_POINTS, times_on_demand
from data.travel.provider import Times, TravelTimes


class Programmes:
    """Registers as they were read last, with what was made of them."""

    def __init__(self) -> None:
        self.registers = Registers()
        self._problems: LruCache[tuple[str, str, int], Problem] = LruCache(6)
        self._defined: LruCache[str, Programme] = LruCache(8)
        self._travel: LruCache[tuple[str, str], tuple[Problem, Times]] = LruCache(4)

    def register(self, c: Connection, programme: str) -> Register:
        """Return the register of a programme; raises `NotThere` as long as it has no rows."""
        found = self.registers.of(c, programme)
        if not found.number:
            raise NotThere(message("nothing_imported", programme=programme))
        return found

    def area(self, c: Connection, programme: str) -> Area:
        """Return a programme's districts, and the gazetteer in which its rows are looked up."""
        return Area(self.defined(c, programme), sources_of_programme(c, programme).gazetteer)

    def defined(self, c: Connection, programme: str) -> Programme:
        """Return what a programme is: as its last import had it, else by its reference data."""
        last = latest_import(c, programme)
        if last is None:
            return programme_marked(programme, sources_of_programme(c, programme))
        key = str(last.problem)
        return self._defined.of(key, lambda: stored_problem_of(c, key)[0].programme).replace(id=programme)

    def horizon(self, c: Connection, programme: str) -> Horizon:
        """Return the usual weeks of a question: four, from the first one that has no published plan.

        It has not begun yet: nothing plans a past day unless told so.
        """
        next_week = iso_week(minute_of(now())[0] + timedelta(weeks=1))
        return Horizon(first_week=first_week_without_plan(c, programme, next_week))

    def problem(self, c: Connection, programme: str, horizon: Horizon | None = None) -> Problem:
        """Return the problem of the register as it is now; raises `NotThere` as long as it has no rows."""
        register = self.register(c, programme)
        weeks = horizon or self.horizon(c, programme)
        key = register.change_set, weeks.first_week, weeks.weeks
        return self._problems.of(key, lambda: problem_of(register, self.defined(c, programme), weeks))

    def travel(self, c: Connection, programme: str) -> TravelTimes:
        """Return the source of a programme's travel times."""
        return sources_of_programme(c, programme).travel

    def times(self, c: Connection, problem: Problem) -> Times:
        """Return the travel times of a problem; only points that moved since the last time are asked for.

        Those of a problem too large for a table are asked for where they are read.
        """
        programme = problem.programme.id
        sources = sources_of_programme(c, programme)
        if len(problem.buddies) + len(problem.companies) > MOST_POINTS:
            return times_on_demand(problem, sources.travel)
        key = programme, sources.reference.hash
        before = self._travel.get(key) or latest_stored(c, *key)
        times = times_after(problem, sources.travel, before)
        self._travel.put(key, (problem, times))
        return times


def ready(c: Connection, problem: Problem, sources: Sources | None = None) -> Packed:
    """Return a problem with its travel times, ready for storage: those of points that moved are new.

    The sources are those of the programme unless others are given.
    """
    sources = sources or sources_of_programme(c, problem.programme.id)
    before = latest_stored(c, problem.programme.id, sources.reference.hash)
    times = times_after(problem, sources.travel, before)
    return packed(problem, times, sources.reference.hash)
