"""Runs read from the store equal those stored; names are read anew each time."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete

from api.run.stored import StoredRuns
from data.base.dates import aware
from data.model.identity import Identities, Identity
from data.results.replanning import Cancelled, Replanning
from data.store.database.migrate import migrate
from data.store.database.store import Store
from data.store.tables import schema
from data.store.work.matchings import keep_matching
from data.store.work.plans import NewPlan, keep_draft
from data.store.work.problems import keep_problem, packed
from data.store.work.programmes import keep_programme
from tests.api.runs import run

RUN = replace(run(), identities=Identities(people=(Identity(id="anna", name="Anna Albrecht"),)))
PROGRAMME = RUN.problem.programme.id
WEEK = RUN.problem.horizon.first_week


def entered(c: Connection) -> tuple[str, str]:
    assert RUN.matching
    keep_programme(c, RUN.problem.programme, RUN.identities)
    keep_problem(c, packed(RUN.problem, RUN.times, None))
    matching = keep_matching(c, PROGRAMME, RUN.matching, RUN.explanations, RUN.refinement, "u")
    return matching, keep_draft(c, NewPlan(PROGRAMME, matching, WEEK, 1, RUN.weeks, "u"))


def test_a_plan_is_the_run_that_it_was(database_url: str) -> None:
    store, runs = Store(database_url), StoredRuns()
    migrate(store)
    with store.writing() as c:
        matching, plan = entered(c)
    with store.reading() as c:
        found = runs.of_plan(c, plan)
        assert (found.problem, found.matching, found.weeks) == (RUN.problem, RUN.matching, RUN.weeks)
        assert (found.explanations, found.refinement) == (RUN.explanations, RUN.refinement)
        assert found.identities == RUN.identities
        assert runs.of_matching(c, matching).weeks == ()
    with store.writing() as c:
        c.execute(delete(schema.identity))
        assert runs.of_plan(c, plan).identities.name("anna") == "anna"
    store.close()


def test_a_record_of_an_earlier_version_learns_whose_visits_it_names(database_url: str) -> None:
    store = Store(database_url)
    migrate(store)
    first = next(day for day in RUN.weeks[0].weeks[0].days if day).stops[0]
    told = Replanning(moment=_moment(8), disruptions=(Cancelled(visit=first.id),), before=RUN.weeks)
    with store.writing() as c:
        matching, plan = entered(c)
        new = NewPlan(PROGRAMME, matching, WEEK, 1, RUN.weeks, "u", parent=plan, replanning=told)
        (read,) = StoredRuns().of_plan(c, keep_draft(c, new)).replannings
    assert read.disruptions == (Cancelled(visit=first.id, company=first.place),)
    store.close()


def test_re_plannings_come_oldest_first(database_url: str) -> None:
    store = Store(database_url)
    migrate(store)
    records = [
        Replanning(moment=_moment(hour), disruptions=(Cancelled(visit=f"v{hour}"),)) for hour in (8, 9)
    ]
    with store.writing() as c:
        matching, plan = entered(c)
        for record in records:
            new = NewPlan(PROGRAMME, matching, WEEK, 1, RUN.weeks, "u", parent=plan, replanning=record)
            plan = keep_draft(c, new)
        assert StoredRuns().of_plan(c, plan).replannings == tuple(records)
    store.close()


def _moment(hour: int) -> datetime:
    return aware(datetime(2026, 11, 23).date(), 60 * hour)
