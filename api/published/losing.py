"""Published visits that lose their buddy when relations change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from api.published.company_visits import CompanyVisit, company_visits
from api.run.stored import StoredRuns
from data.register.changes.adopting import Adoption
from data.store.work.bases import plans_by_week


@dataclass(frozen=True)
class VisitLost:
    """A visit of a plan in force, and the company's new main buddy (empty: nobody).

    `able`: the plan has a week of the new buddy, so that the visit can be handed over.
    """

    plan: str
    own: CompanyVisit
    after: str
    able: bool


def visits_lost(
    c: Connection, runs: StoredRuns, programme: str, adoption: Adoption, today: date
) -> Iterator[VisitLost]:
    """Yield the published visits after today whose main buddy changes by an adoption, by plan and buddy."""
    after = {each.company: each.after for each in adoption.successions if each.before}
    held, first = plans_by_week(c, programme), max(adoption.day, today + timedelta(days=1))
    for plan in sorted({*held.values()}) if after else ():
        run = runs.nameless(c, plan)
        weeks = {week for week, key in held.items() if key == plan}
        planned = {(own.buddy, each.week) for own in run.weeks for each in own.weeks}
        for each in company_visits(run, weeks, first):
            follows = after.get(each.company, each.main)
            if follows != each.main:
                yield VisitLost(
                    plan, each, follows, follows != each.buddy and (follows, each.week) in planned
                )
