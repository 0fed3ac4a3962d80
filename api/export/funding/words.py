"""The report's title, and how its districts, periods and figures are written."""

from collections.abc import Iterable

from api.export.funding.figures import NO_DISTRICT, FundingFigures, FundingReport
from api.words.speaker import Speaker
from data.base.writable_text import writable
from data.geo.gazetteer import Gazetteer
from data.model.identity import Identities
from data.model.problem import Problem


def title_of(report: FundingReport, identities: Identities, say: Speaker) -> str:
    """Return the heading: whose report, from when to when."""
    return say.t("funding_title", host=identities.name(report.host), period=period_of(report, say))


def period_of(report: FundingReport, say: Speaker) -> str:
    """Return both days."""
    first, last = map(say.short_date, (report.first, report.last))
    return say.t("funding_period", first=first, last=last)


def grant_of(report: FundingReport, problem: Problem, say: Speaker) -> str:
    """Return the reference of the host's grant, empty if unknown."""
    reference = problem.host[report.host].grant_ref
    return say.t("funding_grant", reference=writable(reference)) if reference else ""


def invented_note(identities: Identities, say: Speaker) -> str:
    """Return that the names are invented, empty if they are not."""
    return say.t("book_people_and_companies_are_invented") if identities.invented else ""


def district_words(district: str, gazetteer: Gazetteer, say: Speaker) -> str:
    """Return a district's name; empty means all."""
    if district == NO_DISTRICT:
        return say.t("funding_no_district")
    return gazetteer.district_name(district) if district else say.t("funding_all")


def month_words(month: str, say: Speaker) -> str:
    """Return a month as `2026-03`, by which the rows can be filtered; empty means all."""
    return month or say.t("funding_all")


def hours_of(figures: FundingFigures) -> float:
    """Return hours of care and travel, to two places."""
    return round((figures.care_min + figures.travel_min) / 60, 2)


def kilometres_of(figures: FundingFigures) -> float:
    """Return kilometres, to one place."""
    return round(figures.distance_m / 1000, 1)


def spans_of(numbers: Iterable[int]) -> str:
    """Return row numbers as `1-3, 7`."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
