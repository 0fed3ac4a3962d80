"""The report as a PDF: accessible (PDF/UA), with the rows behind the figures as its second part."""

from pathlib import Path
from typing import Any

from api.export.funding.figures import FundingFigures, FundingReport, ReportRow
from api.export.funding.words import (
    COUNTING,
    INVENTED,
    MODES,
    OUTCOMES,
    district_words,
    grant_of,
    hours_of,
    kilometres_of,
    period_of,
    spans_of,
    title_of,
)
from api.export.pdf.paper import pdf_of
from api.words.catalogue import DEFAULT
from api.words.speaker import Speaker
from data.geo.gazetteer import Gazetteer
from data.model.identity import Identities
from data.model.problem import Problem

TEMPLATE = Path(__file__).parent / "funding.typ"


def funding_pdf(
    report: FundingReport, problem: Problem, identities: Identities, gazetteer: Gazetteer
) -> bytes:
    """Return the report as a PDF; the same report gives the same bytes."""
    return pdf_of(TEMPLATE, "report", _told(report, problem, identities, gazetteer))


def _told(
    report: FundingReport, problem: Problem, identities: Identities, gazetteer: Gazetteer
) -> dict[str, Any]:
    parts = {
        "Insgesamt und nach Monat": [held for held in report.figures if not held.district],
        "Nach Kreis": [held for held in report.figures if held.district and not held.month],
        "Nach Kreis und Monat": [held for held in report.figures if held.district and held.month],
    }
    return {
        "title": title_of(report, identities),
        "host": identities.name(report.host),
        "about": " · ".join(part for part in (period_of(report), grant_of(report, problem)) if part),
        "invented": INVENTED if identities.invented else "",
        "counting": COUNTING,
        "parts": [
            {"name": name, "rows": [_figures(held, gazetteer) for held in figures]}
            for name, figures in parts.items()
            if figures
        ],
        "rows": [_row(row, gazetteer) for row in report.rows],
    }


def _figures(held: FundingFigures, gazetteer: Gazetteer) -> list[str]:
    return [
        district_words(held.district, gazetteer), held.month or "alle", _number(held.companies),
        _number(held.specialists), _number(held.contacts), _number(hours_of(held), 2),
        _number(kilometres_of(held), 1), spans_of(held.rows),
    ]  # fmt: skip


def _row(row: ReportRow, gazetteer: Gazetteer) -> list[str]:
    held = row.contact
    return [
        str(row.number), f"{held.date:%d.%m.%Y}", district_words(row.district, gazetteer), held.company,
        held.buddy, MODES[held.mode], OUTCOMES[held.outcome], _number(held.specialists_met),
        _number(held.minutes), _number(held.travel_min), _number(held.distance_m / 1000, 1),
    ]  # fmt: skip


def _number(value: float, places: int = 0) -> str:
    return Speaker(DEFAULT).number(value, places)
