"""The report's titles and labels, in German, for German funding bodies."""

from collections.abc import Iterable

from api.export.funding.figures import NO_DISTRICT, FundingFigures, FundingReport
from data.base.writable_text import writable
from data.geo.gazetteer import Gazetteer
from data.model.identity import Identities
from data.model.problem import Problem
from data.model.vocabulary import CareMode, Outcome

MODES = {CareMode.VISIT: "Besuch", CareMode.CALL: "Anruf", CareMode.VIDEO: "Video"}
OUTCOMES = {
    Outcome.DONE: "erledigt",
    Outcome.NO_SHOW: "nicht angetroffen",
    Outcome.CANCELLED_COMPANY: "vom Betrieb abgesagt",
    Outcome.CANCELLED_BUDDY: "vom Buddy abgesagt",
    Outcome.MOVED: "verschoben",
}
COUNTING = (
    "Betriebe mit mindestens einem Kontakt zählen je Zelle einmal, Fachkräfte bei jedem Treffen. "
    "Nicht angetroffen: Stunden und Kilometer zählen, ein Kontakt ist es nicht. "
    "Abgesagtes und Verschobenes zählt nicht."
)
INVENTED = "Menschen und Betriebe sind erfunden."


def title_of(report: FundingReport, identities: Identities) -> str:
    """Return the heading: whose report, from when to when."""
    return f"Verwendungsnachweis {identities.name(report.host)}, {period_of(report)}"


def period_of(report: FundingReport) -> str:
    """Return both days in German form."""
    return f"{report.first:%d.%m.%Y} bis {report.last:%d.%m.%Y}"


def grant_of(report: FundingReport, problem: Problem) -> str:
    """Return the reference of the host's grant, empty if unknown."""
    reference = problem.host[report.host].grant_ref
    return f"Förderkennzeichen {writable(reference)}" if reference else ""


def district_words(district: str, gazetteer: Gazetteer) -> str:
    """Return a district's name; empty means all."""
    if district == NO_DISTRICT:
        return "ohne Kreis"
    return gazetteer.district_name(district) if district else "alle"


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
