"""Buddies' reports that disrupt a published plan, as disruptions that a coordinator can replan for."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.base.dates import days_of, iso_week
from data.model.vocabulary import Outcome
from data.register.contacts import ContactRow, contacts_of
from data.register.rows.register import Register
from data.results.replanning import Cancelled, Missed
from data.store.work.plans import StoredPlan, lineage

UPSETTING: dict[Outcome, type[Cancelled] | type[Missed]] = {
    Outcome.CANCELLED_COMPANY: Cancelled,
    Outcome.CANCELLED_BUDDY: Cancelled,
    Outcome.NO_SHOW: Missed,
}


@dataclass(frozen=True)
class ReportedDisruption:
    """A report, and the disruption that a replan makes of it."""

    report: ContactRow
    disruption: Cancelled | Missed


def reported_disruptions(
    c: Connection, register: Register, plan: StoredPlan, today: date
) -> tuple[ReportedDisruption, ...]:
    """Return reports in the plan's weeks, from the current one on, that are not replanned yet, by day."""
    weeks = [week for week in plan.covered if week >= iso_week(today)]
    if not weeks:
        return ()
    known = {
        disruption.visit
        for each in lineage(c, plan)
        for disruption in (each.replanning.disruptions if each.replanning else ())
        if isinstance(disruption, Cancelled | Missed)
    }
    told = contacts_of(register, days_of(weeks[0])[0], days_of(weeks[-1])[-1])
    return tuple(
        ReportedDisruption(each, _disruption(each))
        for each in told
        if each.visit and each.contact.outcome in UPSETTING and each.visit not in known
    )


def _disruption(report: ContactRow) -> Cancelled | Missed:
    return UPSETTING[report.contact.outcome](visit=report.visit, company=report.contact.company)
