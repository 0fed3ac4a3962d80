"""Whose visits are: the company of each visit of a plan, as the plan and its problem tell it."""

from collections.abc import Iterable

from data.model.problem import Problem
from data.results.replanning import Cancelled, Disruption, HandedOver, Missed, Moved, Replanning, Urgent
from data.results.solution import BuddyWeeks


def companies_of_visits(problem: Problem, weeks: Iterable[BuddyWeeks]) -> dict[str, str]:
    """Return the company of each visit of some weeks, planned or not, empty for an appointment of nobody."""
    found = {each.id: each.company for each in problem.appointments}
    for own in weeks:
        for contact in own.cadence.contacts if own.cadence else ():
            found[contact.id] = contact.company
        for week in own.weeks:
            found |= {each.id: each.company for each in week.unplanned}
            stops = (stop for day in week.days if day for stop in day.stops)
            found |= {stop.id: stop.place for stop in stops if stop.place in problem.company}
    return found


def with_companies(record: Replanning, problem: Problem) -> Replanning:
    """Return a re-planning whose disruptions name the company of their visit.

    Whoever reports a disruption names the visit alone, and so do records of earlier versions.
    """
    companies = companies_of_visits(problem, record.before)
    companies |= {each.visit: each.company for each in record.promises}
    companies |= {each.id: each.company for each in record.disruptions if isinstance(each, Urgent)}
    return record.replace(disruptions=tuple(_named(each, companies) for each in record.disruptions))


def _named(disruption: Disruption, companies: dict[str, str]) -> Disruption:
    if not isinstance(disruption, Cancelled | Missed | Moved | HandedOver):
        return disruption
    return disruption.replace(company=companies.get(disruption.visit, disruption.company))
