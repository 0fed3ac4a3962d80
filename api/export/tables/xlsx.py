"""`plan.xlsx`: overview, assignment, routes, and unplanned visits."""

import io
from collections.abc import Iterator
from typing import Any

from api.export.tables.sheet import Kind, Style, named_columns, workbook, write_cell, write_table
from api.run.figures import figures
from api.run.names import Names
from api.run.not_planned import not_planned
from api.run.planned_days import PlannedDay, planned_days, planned_weeks
from api.run.run import Run
from api.run.waiting import waits
from api.words.reasons import reason_words
from api.words.speaker import Speaker
from data.results.solution import Matching

NEAREST_MISSES = 3

BUDDIES = (
    ("buddy", 26), ("companies", 12, Kind.NUMBER), ("at_most", 12, Kind.NUMBER),
    ("care_min_4_weeks", 14, Kind.NUMBER), ("at_most", 12, Kind.NUMBER),
    ("travel_expected_min_4_weeks", 16, Kind.NUMBER), ("visits", 11, Kind.NUMBER),
    ("appointments", 11, Kind.NUMBER), ("not_planned", 11, Kind.NUMBER),
    ("travel_planned_min", 12, Kind.NUMBER), ("distance_km", 12, Kind.NUMBER),
    ("weeks", 10, Kind.NUMBER), ("of_these_proved_optimal", 14, Kind.NUMBER),
    ("covered_companies", 12, Kind.NUMBER), ("covered_care_min_4_weeks", 14, Kind.NUMBER),
)  # fmt: skip
ASSIGNMENT = (
    ("company", 34), ("town", 24), ("district", 22), ("buddy", 26),
    ("one_way_min", 12, Kind.NUMBER), ("care_min_4_weeks", 14, Kind.NUMBER),
    ("common_languages", 24), ("existed_already", 10), ("pinned", 11),
    ("exception", 40), ("company_id", 14), ("buddy_id", 14),
)  # fmt: skip
ROUTES = (
    ("buddy", 26), ("week", 10), ("day", 15, Kind.DATE), ("order", 8, Kind.NUMBER),
    ("kind", 10), ("where", 34), ("street", 26), ("postcode", 8), ("town", 24),
    ("travel_min", 10, Kind.NUMBER), ("arrive", 8, Kind.CLOCK), ("start", 8, Kind.CLOCK),
    ("end", 8, Kind.CLOCK), ("visit_id", 22),
)  # fmt: skip
NOT_PLANNED = (
    ("what", 14), ("company", 34), ("town", 24), ("district", 22),
    ("priority", 10, Kind.NUMBER), ("buddy", 26), ("week", 10), ("reason", 60),
    ("nearest_misses", 80), ("company_id", 14), ("visit_id", 22),
)  # fmt: skip


def plan_workbook(run: Run, names: Names, matching: Matching, say: Speaker) -> bytes:
    """Return the workbook; times and dates are real ones, and no text becomes a formula or a link."""
    out = io.BytesIO()
    with workbook(out, say.t("book_week_plan")) as book:
        style = Style(book)
        _overview(book.add_worksheet(say.t("book_overview")), style, run, names, say)
        for name, columns, rows in (
            ("book_matching", ASSIGNMENT, _assigned(names, matching, say)),
            ("book_routes", ROUTES, _routes(run, names, say)),
            ("book_left_out", NOT_PLANNED, _not_planned(run, names, matching, say)),
        ):
            page = book.add_worksheet(say.t(name))
            page.freeze_panes(1, 1)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            write_table(page, style, named_columns("book", columns, say), rows)
    return out.getvalue()


def _overview(page: Any, style: Style, run: Run, names: Names, say: Speaker) -> None:
    counted = figures(run)
    page.write_string(0, 0, say.t("book_the_job_buddies_week"), style.title)
    if run.identities.invented:
        page.write_string(1, 0, say.t("book_people_and_companies_are_invented"), style.note)
    weeks = counted.weeks
    lines: tuple[tuple[str, Any, Kind], ...] = (
        ("book_weeks", " ".join(planned_weeks(run)), Kind.TEXT),
        ("book_coverage_planned", counted.coverage.percent / 100, Kind.PERCENT),
        ("book_of_these_contacts_planned_in_time", counted.contacts_in_time.percent / 100, Kind.PERCENT),
        ("book_companies_with_a_buddy", counted.served, Kind.NUMBER),
        ("book_companies_without_a_buddy", counted.companies - counted.served, Kind.NUMBER),
        ("book_specialists", counted.specialists, Kind.NUMBER),
        ("book_of_these_with_a_common_language", counted.spoken_to, Kind.NUMBER),
        ("book_visits_planned", weeks.visits, Kind.NUMBER),
        ("book_visits_not_planned", len(not_planned(run)), Kind.NUMBER),
        ("book_travel_planned_min", weeks.travel_min, Kind.NUMBER),
        ("book_travel_planned_euro", weeks.travel_cents / 100, Kind.NUMBER),
        ("book_week_plans", weeks.weeks, Kind.NUMBER),
        ("book_of_these_proved_optimal", weeks.optimal, Kind.NUMBER),
    )
    for row, (label, value, kind) in enumerate(lines, start=3):
        page.write_string(row, 0, say.t(label))
        write_cell(page, (row, 1), value, kind, style)
    rows = (
        (
            names.name(b.buddy), b.companies, b.max_companies, b.care_min, b.max_care_min,
            b.expected_travel_min, b.weeks.visits, b.weeks.appointments, b.weeks.unplanned,
            b.weeks.travel_min, round(b.weeks.distance_m / 1000), b.weeks.weeks, b.weeks.optimal,
            b.covered, b.covered_care_min,
        )
        for b in counted.buddies
    )  # fmt: skip
    write_table(page, style, named_columns("book", BUDDIES, say), rows, top=4 + len(lines))


def _assigned(names: Names, matching: Matching, say: Speaker) -> Iterator[tuple[Any, ...]]:
    for pair in sorted(matching.pairs, key=lambda pair: (names.name(pair.buddy), pair.company)):
        yield (
            names.name(pair.company), names.town(pair.company), names.district(pair.company),
            names.name(pair.buddy), pair.one_way_min, pair.care_min,
            ", ".join(map(say.language_name, pair.common_languages)),
            say.t("book_yes") if pair.kept else "", say.t("book_yes") if pair.pinned else "",
            reason_words(pair.exception, names.name, say.language) if pair.exception else "",
            pair.company, pair.buddy,
        )  # fmt: skip


def _routes(run: Run, names: Names, say: Speaker) -> Iterator[tuple[Any, ...]]:
    for day in planned_days(run):
        head = names.name(day.buddy), day.week, day.date
        for i, row in enumerate(sorted(_rows_of(run, names, day, say), key=lambda row: row[7])):
            yield (*head, i, *row)


def _rows_of(run: Run, names: Names, day: PlannedDay, say: Speaker) -> Iterator[tuple[Any, ...]]:
    """Return the rows from departure to return, with waiting and breaks; the eighth column is the start."""
    route, base = day.route, run.identities.of(day.route.starts_at or day.route.base or day.buddy)
    at_place = (names.name(base.id), base.street, base.postcode) if route.starts_at else ("", "", "")
    yield say.t("book_departure"), *at_place, base.town, None, None, route.leave, None, ""
    for leg in day.legs:
        stop, place = leg.stop, run.identities.of(leg.stop.place)
        kind = say.t("book_appointment" if leg.appointment else "book_visit")
        if leg.instead_of:
            kind = say.t("book_instead_of", kind=kind, main=names.name(leg.instead_of))
        yield (
            kind, names.name(stop.place),
            place.street, place.postcode, place.town, leg.travel_min,
            stop.arrive, stop.start, stop.end, stop.id,
        )  # fmt: skip
    for wait in waits(route):
        yield (
            say.t("book_waiting"),
            names.name(wait.stop.place),
            "",
            "",
            "",
            None,
            None,
            wait.start,
            wait.end,
            "",
        )
    for kind, pauses in (("book_break", route.breaks), ("book_off", route.off)):
        for pause in pauses:
            yield say.t(kind), "", "", "", "", None, None, pause.start, pause.end, ""
    yield say.t("book_return"), *at_place, base.town, day.home_min, route.back, route.back, None, ""


def _not_planned(run: Run, names: Names, matching: Matching, say: Speaker) -> Iterator[tuple[Any, ...]]:
    def about(company: str) -> tuple[Any, ...]:
        priority = run.problem.company[company].priority
        return names.name(company), names.town(company), names.district(company), priority

    for alone in matching.unassigned:
        near = " ".join(
            f"{names.name(miss.buddy)}: {reason_words(miss.reason, names.name, say.language)}"
            for miss in alone.buddies[:NEAREST_MISSES]
        )
        yield (
            say.t("book_without_a_buddy"), *about(alone.company), "", "",
            reason_words(alone.reason, names.name, say.language), near, alone.company, "",
        )  # fmt: skip
    for left in not_planned(run):
        meeting = names.of_not_planned(left), names.town(left.place), "", None
        where = about(left.company) if left.company else meeting
        takers = ", ".join(names.name(taker.buddy) for taker in left.takers)
        yield (
            say.t("book_without_a_visit" if left.company else "book_without_a_time"), *where,
            names.name(left.buddy) if left.buddy else "", left.week,
            reason_words(left.reason, names.name, say.language), takers, left.company, left.visit,
        )  # fmt: skip
