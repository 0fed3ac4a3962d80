"""The contacts of two hosts in one spring, few enough to add up by hand."""

from datetime import date

from api.export.funding.figures import FundingReport, funding_report
from api.run.run import Run
from data.model.history import Contact
from data.model.programme import Host
from data.model.vocabulary import CareMode, Outcome
from tests.api.runs import run

FIRST, LAST = date(2026, 3, 1), date(2026, 4, 30)


def contact(company: str, day: date, buddy: str = "ben", **fields: object) -> Contact:
    given = {"minutes": 60, "travel_min": 20, "distance_m": 15_000, "specialists_met": 2} | fields
    return Contact.model_validate({"company": company, "date": day, "buddy": buddy} | given)


CONTACTS = (
    contact("garage", date(2026, 3, 2)),
    contact("garage", date(2026, 3, 30), mode=CareMode.CALL, minutes=15, travel_min=0, distance_m=0),
    contact("nursery", date(2026, 3, 5), outcome=Outcome.NO_SHOW, minutes=10, specialists_met=0),
    contact("foundry", date(2026, 4, 1), minutes=90, specialists_met=1),
    contact("foundry", date(2026, 4, 8), outcome=Outcome.CANCELLED_COMPANY),
    contact("garage", date(2026, 4, 30), buddy=""),
    # not in the report: another host's buddy, the day before and the day after
    contact("garage", date(2026, 3, 2), buddy="anna"),
    contact("garage", date(2026, 2, 28)),
    contact("garage", date(2026, 5, 1)),
)
"""By day: 1 garage, 2 nursery (nobody met), 3 garage by telephone, 4 foundry, 5 called off, 6 garage."""


def two_hosts() -> Run:
    """Ben and all companies belong to the chamber, Anna to the union."""
    of = run()
    hosts = Host(id="chamber", grant_ref="ST-17"), Host(id="union")
    buddies = tuple(
        one.replace(host="union" if one.id == "anna" else "chamber") for one in of.problem.buddies
    )
    companies = tuple(one.replace(host="chamber") for one in of.problem.companies)
    asked = of.problem.replace(hosts=hosts, buddies=buddies, companies=companies, history=CONTACTS)
    return run(problem=asked)


def spring(contacts: tuple[Contact, ...] = CONTACTS, first: date = FIRST, last: date = LAST) -> FundingReport:
    return funding_report(two_hosts().problem, contacts, "chamber", first, last)
