"""How much of the programme has its contacts planned in time, beside how much has a buddy."""

from collections.abc import Iterable

from api.run.planned_days import planned_weeks
from api.run.run import Run
from data.results.planned_contact import PlannedContact


def companies_in_time(run: Run, companies: Iterable[str]) -> frozenset[str]:
    """Return those with a buddy whose every contact due in the planned weeks is planned, none late."""
    if run.matching is None:
        return frozenset()
    weeks = planned_weeks(run)
    made = {
        stop.id for own in run.weeks for plan in own.weeks for day in plan.days if day for stop in day.stops
    }
    made |= {call.id for own in run.weeks for plan in own.weeks for call in plan.calls or ()}
    contacts = (contact for own in run.weeks if own.cadence for contact in own.cadence.contacts)
    failed = {each.company for each in contacts if each.week in weeks and not _in_time(each, made)}
    return frozenset(key for key in companies if key in run.matching.buddy_of and key not in failed)


def _in_time(contact: PlannedContact, made: set[str]) -> bool:
    return contact.id in made and not contact.overdue_days
