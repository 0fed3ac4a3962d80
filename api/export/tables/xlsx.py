"""`plan.xlsx`: overview, assignment, routes, and unplanned visits, for a German spreadsheet."""

import io
from collections.abc import Iterator
from typing import Any

from api.export.tables.sheet import Column, Kind, Style, workbook, write_cell, write_table
from api.run.figures import figures
from api.run.names import Names
from api.run.not_planned import not_planned
from api.run.planned_days import PlannedDay, planned_days, planned_weeks
from api.run.run import Run
from api.run.waiting import waits
from api.words.catalogue import DEFAULT
from api.words.reasons import reason_words
from api.words.speaker import Speaker
from data.results.solution import Matching

INVENTED = "Personen und Betriebe sind erfunden."
NEAREST_MISSES = 3

BUDDIES = (
    Column("Buddy", 26), Column("Betriebe", 12, Kind.NUMBER), Column("höchstens", 12, Kind.NUMBER),
    Column("Betreuung min / 4 Wochen", 14, Kind.NUMBER), Column("höchstens", 12, Kind.NUMBER),
    Column("Fahrt erwartet min / 4 Wochen", 16, Kind.NUMBER), Column("Besuche", 11, Kind.NUMBER),
    Column("Termine", 11, Kind.NUMBER), Column("nicht geplant", 11, Kind.NUMBER),
    Column("Fahrt geplant min", 12, Kind.NUMBER), Column("Strecke km", 12, Kind.NUMBER),
    Column("Wochen", 10, Kind.NUMBER), Column("davon bewiesen bestmöglich", 14, Kind.NUMBER),
)  # fmt: skip
ASSIGNMENT = (
    Column("Betrieb", 34), Column("Ort", 24), Column("Kreis", 22), Column("Buddy", 26),
    Column("einfache Fahrt min", 12, Kind.NUMBER), Column("Betreuung min / 4 Wochen", 14, Kind.NUMBER),
    Column("gemeinsame Sprachen", 24), Column("bestand schon", 10), Column("festgelegt", 11),
    Column("Ausnahme", 40), Column("Nr. Betrieb", 14), Column("Nr. Buddy", 14),
)  # fmt: skip
ROUTES = (
    Column("Buddy", 26), Column("Woche", 10), Column("Tag", 15, Kind.DATE), Column("Folge", 8, Kind.NUMBER),
    Column("Art", 10), Column("Ziel", 34), Column("Straße", 26), Column("PLZ", 8), Column("Ort", 24),
    Column("Fahrt min", 10, Kind.NUMBER), Column("an", 8, Kind.CLOCK), Column("Beginn", 8, Kind.CLOCK),
    Column("Ende", 8, Kind.CLOCK), Column("Nr. Besuch", 22),
)  # fmt: skip
NOT_PLANNED = (
    Column("Was", 14), Column("Betrieb", 34), Column("Ort", 24), Column("Kreis", 22),
    Column("Priorität", 10, Kind.NUMBER), Column("Buddy", 26), Column("Woche", 10), Column("Grund", 60),
    Column("am nächsten dran", 80), Column("Nr. Betrieb", 14), Column("Nr. Besuch", 22),
)  # fmt: skip


def plan_workbook(run: Run, names: Names, matching: Matching) -> bytes:
    """Return the workbook; times and dates are real ones, and no text becomes a formula or a link."""
    out = io.BytesIO()
    with workbook(out, "Wochenplan") as book:
        style = Style(book)
        _overview(book.add_worksheet("Übersicht"), style, run, names)
        for name, columns, rows in (
            ("Zuordnung", ASSIGNMENT, _assigned(names, matching)),
            ("Routen", ROUTES, _routes(run, names)),
            ("Nicht geplant", NOT_PLANNED, _not_planned(run, names, matching)),
        ):
            page = book.add_worksheet(name)
            page.freeze_panes(1, 1)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            write_table(page, style, columns, rows)
    return out.getvalue()


def _overview(page: Any, style: Style, run: Run, names: Names) -> None:
    counted = figures(run)
    page.write_string(0, 0, "Wochenplan der Job-Buddys", style.title)
    page.write_string(1, 0, INVENTED if run.identities.invented else "", style.note)
    weeks = counted.weeks
    lines: tuple[tuple[str, Any, Kind], ...] = (
        ("Wochen", " ".join(planned_weeks(run)), Kind.TEXT),
        ("Abdeckung geplant", counted.coverage.percent / 100, Kind.PERCENT),
        ("davon Kontakte rechtzeitig geplant", counted.contacts_in_time.percent / 100, Kind.PERCENT),
        ("Betriebe mit Buddy", counted.served, Kind.NUMBER),
        ("Betriebe ohne Buddy", counted.companies - counted.served, Kind.NUMBER),
        ("Fachkräfte", counted.specialists, Kind.NUMBER),
        ("davon mit gemeinsamer Sprache", counted.spoken_to, Kind.NUMBER),
        ("Besuche geplant", weeks.visits, Kind.NUMBER),
        ("Besuche nicht geplant", len(not_planned(run)), Kind.NUMBER),
        ("Fahrt geplant min", weeks.travel_min, Kind.NUMBER),
        ("Wochenpläne", weeks.weeks, Kind.NUMBER),
        ("davon bewiesen bestmöglich", weeks.optimal, Kind.NUMBER),
    )
    for row, (label, value, kind) in enumerate(lines, start=3):
        page.write_string(row, 0, label)
        write_cell(page, (row, 1), value, kind, style)
    rows = (
        (
            names.name(b.buddy), b.companies, b.max_companies, b.care_min, b.max_care_min,
            b.expected_travel_min, b.weeks.visits, b.weeks.appointments, b.weeks.unplanned,
            b.weeks.travel_min, round(b.weeks.distance_m / 1000), b.weeks.weeks, b.weeks.optimal,
        )
        for b in counted.buddies
    )  # fmt: skip
    write_table(page, style, BUDDIES, rows, top=4 + len(lines))


def _assigned(names: Names, matching: Matching) -> Iterator[tuple[Any, ...]]:
    for pair in sorted(matching.pairs, key=lambda pair: (names.name(pair.buddy), pair.company)):
        yield (
            names.name(pair.company), names.town(pair.company), names.district(pair.company),
            names.name(pair.buddy), pair.one_way_min, pair.care_min,
            ", ".join(Speaker(DEFAULT).language_name(code) for code in pair.common_languages),
            "ja" if pair.kept else "", "ja" if pair.pinned else "",
            reason_words(pair.exception, names.name) if pair.exception else "", pair.company, pair.buddy,
        )  # fmt: skip


def _routes(run: Run, names: Names) -> Iterator[tuple[Any, ...]]:
    for day in planned_days(run):
        head = names.name(day.buddy), day.week, day.date
        for i, row in enumerate(sorted(_rows_of(run, names, day), key=lambda row: row[7])):
            yield (*head, i, *row)


def _rows_of(run: Run, names: Names, day: PlannedDay) -> Iterator[tuple[Any, ...]]:
    """Return the rows for departure, stops, waiting, breaks and return; the eighth column is the start."""
    route, town = day.route, names.town(day.buddy)
    yield "Abfahrt", "", "", "", town, None, None, route.leave, None, ""
    for leg in day.legs:
        stop, place = leg.stop, run.identities.of(leg.stop.place)
        yield (
            "Termin" if leg.appointment else "Besuch", names.name(stop.place), place.street, place.postcode,
            place.town, leg.travel_min, stop.arrive, stop.start, stop.end, stop.id,
        )  # fmt: skip
    for wait in waits(route):
        yield "Wartezeit", names.name(wait.stop.place), "", "", "", None, None, wait.start, wait.end, ""
    for pause in route.breaks:
        yield "Pause", "", "", "", "", None, None, pause.start, pause.end, ""
    yield "Rückkehr", "", "", "", town, day.home_min, route.back, route.back, None, ""


def _not_planned(run: Run, names: Names, matching: Matching) -> Iterator[tuple[Any, ...]]:
    def about(company: str) -> tuple[Any, ...]:
        priority = run.problem.company[company].priority
        return names.name(company), names.town(company), names.district(company), priority

    for alone in matching.unassigned:
        near = " ".join(
            f"{names.name(miss.buddy)}: {reason_words(miss.reason, names.name)}"
            for miss in alone.buddies[:NEAREST_MISSES]
        )
        yield (
            "ohne Buddy", *about(alone.company), "", "", reason_words(alone.reason, names.name), near,
            alone.company, "",
        )  # fmt: skip
    for left in not_planned(run):
        meeting = names.of_not_planned(left), names.town(left.place), "", None
        where = about(left.company) if left.company else meeting
        takers = ", ".join(names.name(taker.buddy) for taker in left.takers)
        yield (
            "ohne Besuch" if left.company else "ohne Termin", *where,
            names.name(left.buddy) if left.buddy else "", left.week,
            reason_words(left.reason, names.name), takers, left.company, left.visit,
        )  # fmt: skip
