"""The work of a host's buddies between two days, by district and month, with the contacts behind each figure.

A contact that was done counts as a contact; one where nobody was met (`no_show`) counts its hours and
kilometres but no contact; one that was called off or moved counts nothing, but is listed.
"""

from collections.abc import Iterable
from datetime import date

from data.base.entity import Entity
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.history import Contact
from data.model.problem import Problem
from data.model.vocabulary import Outcome

TRAVELLED = frozenset((Outcome.DONE, Outcome.NO_SHOW))
"""The outcomes for which somebody travelled."""


class ReportRow(Entity):
    """One contact of the report with its number, counted from 1 by day, company and buddy."""

    number: int
    district: str
    contact: Contact

    @property
    def month(self) -> str:
        """The month as `2026-03`."""
        return f"{self.contact.date:%Y-%m}"

    @property
    def is_contact(self) -> bool:
        """Whether it counts as a contact."""
        return self.contact.outcome is Outcome.DONE

    @property
    def counts_time(self) -> bool:
        """Whether its hours and kilometres count."""
        return self.contact.outcome in TRAVELLED


class FundingFigures(Entity):
    """The figures of one district and month, of either alone (the other is empty), or of all (both are
    empty).

    `companies` counts each company with a contact once; `specialists` counts those met at each contact.
    `rows` are the numbers of the contacts behind the figures.
    """

    district: str
    month: str
    companies: int
    specialists: int
    contacts: int
    care_min: int
    travel_min: int
    distance_m: int
    rows: tuple[int, ...]


class FundingReport(Entity):
    """A host's report from one day to another, both included: all its contacts, and their figures.

    The figures are ordered: first the total, then months, then districts, then both; only those with rows are
    listed.
    """

    host: str
    first: date
    last: date
    rows: tuple[ReportRow, ...]
    figures: tuple[FundingFigures, ...]

    @property
    def whole(self) -> FundingFigures:
        """The figures of all rows."""
        return self.figures[0]


def funding_report(
    problem: Problem, contacts: Iterable[Contact], host: str, first: date, last: date
) -> FundingReport:
    """Return the report of one host over contacts, given in any order.

    A contact is the host's if its buddy is or, where no known buddy is named, if its company is. Raises
    `BuddyplanError` for a host that the programme does not have, and for a last day before the first.
    """
    if host not in problem.host:
        if not problem.hosts:
            raise BuddyplanError(message("no_hosts", host=host))
        raise BuddyplanError(message("no_such_host", host=host, hosts=", ".join(sorted(problem.host))))
    if last < first:
        raise BuddyplanError(message("days_reversed", first=first, last=last))
    held = sorted(
        (each for each in contacts if first <= each.date <= last and _host_of(problem, each) == host),
        key=_order,
    )
    rows = tuple(
        ReportRow(number=number, district=_district(problem, contact), contact=contact)
        for number, contact in enumerate(held, start=1)
    )
    counted = [row for row in rows if row.counts_time]
    months, districts = {row.month for row in counted}, {row.district for row in counted}
    keys = [("", ""), *(("", month) for month in sorted(months)), *((ags, "") for ags in sorted(districts))]
    keys += sorted({(row.district, row.month) for row in counted})
    figures = tuple(_summed(key, counted) for key in dict.fromkeys(keys))
    return FundingReport(host=host, first=first, last=last, rows=rows, figures=figures)


def _host_of(problem: Problem, contact: Contact) -> str:
    buddy = problem.buddy.get(contact.buddy)
    if buddy is not None:
        return buddy.host
    company = problem.company.get(contact.company)
    return company.host if company else ""


def _district(problem: Problem, contact: Contact) -> str:
    company = problem.company.get(contact.company)
    return company.district if company and company.district else NO_DISTRICT


NO_DISTRICT = "-"
"""The district of a company that has none, or that is no longer known."""


def _order(contact: Contact) -> tuple[str, ...]:
    """Sort by day, company and buddy, then by all other fields."""
    return contact.date.isoformat(), contact.company, contact.buddy, contact.model_dump_json()


def _summed(key: tuple[str, str], rows: Iterable[ReportRow]) -> FundingFigures:
    district, month = key
    held = [row for row in rows if district in ("", row.district) and month in ("", row.month)]
    done = [row.contact for row in held if row.is_contact]
    return FundingFigures(
        district=district,
        month=month,
        companies=len({contact.company for contact in done}),
        specialists=sum(contact.specialists_met for contact in done),
        contacts=len(done),
        care_min=sum(row.contact.minutes for row in held),
        travel_min=sum(row.contact.travel_min for row in held),
        distance_m=sum(row.contact.distance_m for row in held),
        rows=tuple(row.number for row in held),
    )
