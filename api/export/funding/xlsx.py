"""The report as a workbook: figures on one sheet, and every row behind them on the other, to filter."""

import io
from collections.abc import Iterator
from typing import Any

from api.export.funding.figures import FundingReport
from api.export.funding.words import (
    district_words,
    grant_of,
    hours_of,
    invented_note,
    kilometres_of,
    month_words,
    spans_of,
    title_of,
)
from api.export.tables.sheet import Kind, Style, named_columns, workbook, write_table
from api.words.speaker import Speaker
from data.geo.gazetteer import Gazetteer
from data.model.identity import Identities
from data.model.problem import Problem

FIGURES = (
    ("district", 24), ("month", 10), ("companies", 11, Kind.NUMBER), ("specialists_met", 12, Kind.NUMBER),
    ("contacts", 11, Kind.NUMBER), ("care_min", 12, Kind.NUMBER), ("travel_min", 11, Kind.NUMBER),
    ("hours", 11, Kind.DECIMAL), ("distance_m", 12, Kind.NUMBER), ("kilometres", 11, Kind.DECIMAL),
    ("rows", 40), ("district_key", 10),
)  # fmt: skip
ROWS = (
    ("row", 8, Kind.NUMBER), ("date", 15, Kind.DATE), ("month", 10), ("district", 24), ("company", 30),
    ("company_id", 14), ("buddy", 24), ("buddy_id", 14), ("mode", 9), ("outcome", 20),
    ("counts_as_contact", 10, Kind.NUMBER), ("counts_as_time", 10, Kind.NUMBER),
    ("specialists_met", 12, Kind.NUMBER), ("care_min", 12, Kind.NUMBER), ("travel_min", 10, Kind.NUMBER),
    ("distance_m", 11, Kind.NUMBER), ("district_key", 10),
)  # fmt: skip


def funding_workbook(
    report: FundingReport, problem: Problem, identities: Identities, gazetteer: Gazetteer, say: Speaker
) -> bytes:
    """Return the workbook in a language; the same report gives the same bytes, and no text becomes a formula
    or a link.

    A figure is the sum of its column on the sheet of rows over those that it names: those of its month and
    district with a 1 under `counts_as_time` (for contacts and people met, a 1 under `counts_as_contact`).
    """
    out = io.BytesIO()
    title = title_of(report, identities, say)
    with workbook(out, title) as book:
        style = Style(book)
        page = book.add_worksheet(say.t("funding_figures"))
        page.write_string(0, 0, title, style.title)
        notes = grant_of(report, problem, say), say.t("funding_counting"), invented_note(identities, say)
        for line, note in enumerate(notes, start=1):
            page.write_string(line, 0, note, style.note)
        figures = _figures(report, gazetteer, say)
        write_table(page, style, named_columns("funding", FIGURES, say), figures, top=len(notes) + 2)
        page = book.add_worksheet(say.t("funding_rows"))
        page.freeze_panes(1, 1)
        rows = _rows(report, identities, gazetteer, say)
        write_table(page, style, named_columns("funding", ROWS, say), rows)
        for page in book.worksheets():
            page.set_landscape()
            page.fit_to_pages(1, 0)
    return out.getvalue()


def _figures(report: FundingReport, gazetteer: Gazetteer, say: Speaker) -> Iterator[tuple[Any, ...]]:
    for held in report.figures:
        yield (
            district_words(held.district, gazetteer, say), month_words(held.month, say), held.companies,
            held.specialists, held.contacts, held.care_min, held.travel_min, hours_of(held),
            held.distance_m, kilometres_of(held), spans_of(held.rows), held.district,
        )  # fmt: skip


def _rows(
    report: FundingReport, identities: Identities, gazetteer: Gazetteer, say: Speaker
) -> Iterator[tuple[Any, ...]]:
    for row in report.rows:
        held = row.contact
        yield (
            row.number, held.date, row.month, district_words(row.district, gazetteer, say),
            identities.name(held.company), held.company, identities.name(held.buddy), held.buddy,
            say.t(f"funding_mode_{held.mode}"), say.t(f"funding_was_{held.outcome}"), int(row.is_contact),
            int(row.counts_time), held.specialists_met, held.minutes, held.travel_min, held.distance_m,
            row.district,
        )  # fmt: skip
