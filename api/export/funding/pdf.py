"""The report as a PDF: accessible (PDF/UA), with the rows behind the figures as its second part."""

from pathlib import Path
from typing import Any

from api.export.funding.figures import FundingFigures, FundingReport, ReportRow
from api.export.funding.words import (
    district_words,
    grant_of,
    hours_of,
    invented_note,
    kilometres_of,
    month_words,
    period_of,
    spans_of,
    title_of,
)
from api.export.pdf.paper import pdf_of
from api.words.speaker import Speaker
from data.geo.gazetteer import Gazetteer
from data.model.identity import Identities
from data.model.problem import Problem

TEMPLATE = Path(__file__).parent / "funding.typ"
FIGURES = ("district", "month", "companies", "specialists", "contacts", "hours", "kilometres", "rows")
ROWS = (
    "row", "date", "district", "company", "buddy", "mode", "outcome", "specialists", "care_min", "travel_min",
    "km",
)  # fmt: skip


def funding_pdf(
    report: FundingReport, problem: Problem, identities: Identities, gazetteer: Gazetteer, say: Speaker
) -> bytes:
    """Return the report as a PDF in a language; the same report gives the same bytes."""
    return pdf_of(TEMPLATE, "report", _told(report, problem, identities, gazetteer, say))


def _told(
    report: FundingReport, problem: Problem, identities: Identities, gazetteer: Gazetteer, say: Speaker
) -> dict[str, Any]:
    parts = {
        "total": [held for held in report.figures if not held.district],
        "by_district": [held for held in report.figures if held.district and not held.month],
        "by_both": [held for held in report.figures if held.district and held.month],
    }
    about = period_of(report, say), grant_of(report, problem, say)
    return {
        "language": say.language,
        "title": title_of(report, identities, say),
        "heading": say.t("funding_heading", host=identities.name(report.host)),
        "about": " · ".join(part for part in about if part),
        "invented": invented_note(identities, say),
        "counting": say.t("funding_counting"),
        "figures": [say.t(f"funding_{column}") for column in FIGURES],
        "parts": [
            {"name": say.t(f"funding_{name}"), "rows": [_figures(held, gazetteer, say) for held in figures]}
            for name, figures in parts.items()
            if figures
        ],
        "the_rows": say.t("funding_the_rows"),
        "no_rows": say.t("funding_no_rows"),
        "columns": [say.t(f"funding_{column}") for column in ROWS],
        "rows": [_row(row, gazetteer, say) for row in report.rows],
    }


def _figures(held: FundingFigures, gazetteer: Gazetteer, say: Speaker) -> list[str]:
    return [
        district_words(held.district, gazetteer, say), month_words(held.month, say),
        say.number(held.companies), say.number(held.specialists), say.number(held.contacts),
        say.number(hours_of(held), 2), say.number(kilometres_of(held), 1), spans_of(held.rows),
    ]  # fmt: skip


def _row(row: ReportRow, gazetteer: Gazetteer, say: Speaker) -> list[str]:
    held = row.contact
    return [
        str(row.number), say.short_date(held.date), district_words(row.district, gazetteer, say),
        held.company, held.buddy, say.t(f"funding_mode_{held.mode}"), say.t(f"funding_was_{held.outcome}"),
        say.number(held.specialists_met), say.number(held.minutes), say.number(held.travel_min),
        say.number(held.distance_m / 1000, 1),
    ]  # fmt: skip
