"""What buddies reported that upsets a published plan, as what a coordinator can have it planned again for."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.base.dates import days_of, iso_week
from data.model.vocabulary import Outcome
from data.results.replanning import Cancelled, Missed
from data.store.work.contacts import StoredContact, contacts_of
from data.store.work.plans import StoredPlan, lineage

UPSETTING = {
    Outcome.CANCELLED_COMPANY: Cancelled,
    Outcome.CANCELLED_BUDDY: Cancelled,
    Outcome.NO_SHOW: Missed,
}


@dataclass(frozen=True)
class ReportedDisruption:
    """A report, and the disruption that planning again would take it as."""

    report: StoredContact
    disruption: Cancelled | Missed


def reported_disruptions(c: Connection, plan: StoredPlan, today: date) -> tuple[ReportedDisruption, ...]:
    """Return what was reported in the plan's weeks from this one on and is not planned around yet, by day."""
    weeks = [week for week in plan.covered if week >= iso_week(today)]
    if not weeks:
        return ()
    known = {
        disruption.visit
        for each in lineage(c, plan)
        for disruption in (each.replanning.disruptions if each.replanning else ())
        if isinstance(disruption, Cancelled | Missed)
    }
    told = contacts_of(c, plan.programme, days_of(weeks[0])[0], days_of(weeks[-1])[-1])
    return tuple(
        ReportedDisruption(each, UPSETTING[each.contact.outcome](visit=each.visit))
        for each in told
        if each.contact.outcome in UPSETTING and each.visit not in known
    )
