"""Disruptions: what buddies reported that differs from a published plan and is not replanned yet."""

from datetime import date, timedelta

from pydantic import Field

from api.http.frame.auth import ByCoordinator, InProgramme, Personal
from api.http.frame.errors import problems
from api.http.frame.schemas import Schema
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.published.reported_disruptions import reported_disruptions
from data.base.dates import iso_week, minute_of
from data.base.ids import BuddyId, CompanyId, VisitId
from data.model.vocabulary import Outcome
from data.results.replanning import Cancelled, Missed
from data.store.database.record import NotThere
from data.store.tables.utc import now
from data.store.work.plans import plan_in_force

router = Router(prefix="/upsets", tags=["upsets"], responses=problems(401, 403, 404, 422, 500))


class ReportedDisruptionAnswer(Schema):
    """A report, and the disruption by which `POST /plans/{plan}/replan` takes it into account."""

    plan: str
    week: str = Field(examples=["2026-W48"])
    visit: VisitId = Field(examples=["bakery-2026-W48-1"])
    company: CompanyId
    buddy: BuddyId
    date: date
    outcome: Outcome
    disruption: Cancelled | Missed


@router.get("", dependencies=[Personal])
def list_upsets(
    by: ByCoordinator, programme: InProgramme, app_state: InAppState
) -> list[ReportedDisruptionAnswer]:
    """List what was reported about the plans in force in this week and the next."""
    today = minute_of(now())[0]
    found: dict[str, ReportedDisruptionAnswer] = {}
    with app_state.service.store.reading() as c:
        sight = app_state.sight(c, by, programme)
        register = app_state.programmes.registers.of(c, programme)
        for day in (today, today + timedelta(weeks=1)):
            try:
                plan = plan_in_force(c, programme, iso_week(day))
            except NotThere:
                continue
            for each in reported_disruptions(c, register, plan, today):
                told = each.report.contact
                if not sight.sees(told.buddy, told.company):
                    continue
                found[each.report.visit] = ReportedDisruptionAnswer(
                    plan=plan.id,
                    week=iso_week(told.date),
                    visit=each.report.visit,
                    company=told.company,
                    buddy=told.buddy,
                    date=told.date,
                    outcome=told.outcome,
                    disruption=each.disruption,
                )
    return list(found.values())
