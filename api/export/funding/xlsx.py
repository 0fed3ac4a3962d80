"""The report as a workbook: figures on one sheet, and every row behind them on the other, to filter."""

import io
from collections.abc import Iterator
from typing import Any

from api.export.funding.figures import FundingReport
from api.export.funding.words import (
    COUNTING,
    INVENTED,
    MODES,
    OUTCOMES,
    district_words,
    grant_of,
    hours_of,
    kilometres_of,
    spans_of,
    title_of,
)
from api.export.tables.sheet import Column, Kind, Style, workbook, write_table
from data.geo.gazetteer import Gazetteer
from data.model.identity import Identities
from data.model.problem import Problem

FIGURES = (
    Column("Kreis", 24), Column("Monat", 10), Column("Betriebe", 11, Kind.NUMBER),
    Column("Fachkräfte getroffen", 12, Kind.NUMBER), Column("Kontakte", 11, Kind.NUMBER),
    Column("Betreuung min", 12, Kind.NUMBER), Column("Fahrt min", 11, Kind.NUMBER),
    Column("Stunden", 11, Kind.DECIMAL), Column("Strecke m", 12, Kind.NUMBER),
    Column("Kilometer", 11, Kind.DECIMAL), Column("Zeilen", 40), Column("Schlüssel Kreis", 10),
)  # fmt: skip
ROWS = (
    Column("Zeile", 8, Kind.NUMBER), Column("Datum", 15, Kind.DATE), Column("Monat", 10), Column("Kreis", 24),
    Column("Betrieb", 30), Column("Nr. Betrieb", 14), Column("Buddy", 24), Column("Nr. Buddy", 14),
    Column("Art", 9), Column("Ergebnis", 20), Column("zählt als Kontakt", 10, Kind.NUMBER),
    Column("zählt als Zeit", 10, Kind.NUMBER), Column("Fachkräfte getroffen", 12, Kind.NUMBER),
    Column("Betreuung min", 12, Kind.NUMBER), Column("Fahrt min", 10, Kind.NUMBER),
    Column("Strecke m", 11, Kind.NUMBER), Column("Schlüssel Kreis", 10),
)  # fmt: skip


def funding_workbook(
    report: FundingReport, problem: Problem, identities: Identities, gazetteer: Gazetteer
) -> bytes:
    """Return the workbook; the same report gives the same bytes, and no text becomes a formula or a link.

    A figure is the sum of its column on the sheet `Zeilen` over the rows that it names: those of its month
    and district with a 1 under `zählt als Zeit` (for contacts and people met, a 1 under `zählt als Kontakt`).
    """
    out = io.BytesIO()
    with workbook(out, title_of(report, identities)) as book:
        style = Style(book)
        page = book.add_worksheet("Zahlen")
        page.write_string(0, 0, title_of(report, identities), style.title)
        notes = (grant_of(report, problem), COUNTING, INVENTED if identities.invented else "")
        for line, note in enumerate(notes, start=1):
            page.write_string(line, 0, note, style.note)
        write_table(page, style, FIGURES, _figures(report, gazetteer), top=len(notes) + 2)
        page = book.add_worksheet("Zeilen")
        page.freeze_panes(1, 1)
        write_table(page, style, ROWS, _rows(report, identities, gazetteer))
        for page in book.worksheets():
            page.set_landscape()
            page.fit_to_pages(1, 0)
    return out.getvalue()


def _figures(report: FundingReport, gazetteer: Gazetteer) -> Iterator[tuple[Any, ...]]:
    for held in report.figures:
        yield (
            district_words(held.district, gazetteer), held.month or "alle", held.companies, held.specialists,
            held.contacts, held.care_min, held.travel_min, hours_of(held), held.distance_m,
            kilometres_of(held), spans_of(held.rows), held.district,
        )  # fmt: skip


def _rows(report: FundingReport, identities: Identities, gazetteer: Gazetteer) -> Iterator[tuple[Any, ...]]:
    for row in report.rows:
        held = row.contact
        yield (
            row.number, held.date, row.month, district_words(row.district, gazetteer),
            identities.name(held.company), held.company, identities.name(held.buddy), held.buddy,
            MODES[held.mode], OUTCOMES[held.outcome], int(row.is_contact), int(row.counts_time),
            held.specialists_met, held.minutes, held.travel_min, held.distance_m, row.district,
        )  # fmt: skip
