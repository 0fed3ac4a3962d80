"""Checks across rows and tables: ids, references, date ranges and contradictions."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from data.base.message import Message, message
from data.model.calendar import SUNDAY
from data.model.dated import active_on
from data.model.findings import allowed_are, either, meant
from data.model.vocabulary import (
    AbsenceState,
    CompanyState,
    LanguageLevel,
    Mandate,
    RequestState,
    Vehicle,
)
from data.tables.cells import IDS
from data.tables.column import ANYONE
from data.tables.columns import COLUMNS
from data.tables.rows import Row, Tables
from data.tables.times import WEEKDAYS

PAUSE = ("paused_from", "paused_until", "ended_on")
SPANS = {
    "hosts": [("grant_from", "grant_to")],
    "buddies": [("employed_from", "employed_to"), ("min_care_hours", "max_care_hours")],
    "companies": [("paused_from", "paused_until")],
    "specialists": [("arrived", "to")],
    "care": [("from", "to")],
    "relations": [("from", "to")],
    "requests": [("raised", "due")],
    "availability": [("from", "to")],
    "terms": [("from", "to")],
    "bases": [("from", "to")],
}


def check_ids(tables: Tables) -> None:
    """Check that ids are unique; buddies, companies and places share one set of ids."""
    for shared in (("hosts",), ANYONE, ("requests",), ("appointments",)):
        first: dict[str, Row] = {}
        for row in (row for table in shared for row in tables[table] if row["id"]):
            before = first.setdefault(row["id"].casefold(), row)
            if before is not row:
                same = "same_id" if before["id"] == row["id"] else "id_differs_in_case"
                row.error("id", message(same, row=place_of(before, row)), message("give_own_ids"))


def place_of(row: Row, beside: Row | None = None) -> Message:
    """Return where a row is; the file is left out beside a row of the same."""
    if row.key:
        return message("entry_called", table=message(f"table_{row.file}"), id=row.key)
    if beside and row.file == beside.file:
        return message("row_here", row=row.number)
    return message("row_of_file", file=row.file, row=row.number)


def check_references(tables: Tables, unread: frozenset[str]) -> None:
    """Check that referenced rows exist; references to tables that could not be read are not reported."""
    for table, columns in COLUMNS.items():
        for column in (column for column in columns if column.refers and unread.isdisjoint(column.refers)):
            ids = {row["id"] for target in column.refers for row in tables[target]}
            for row in tables[table]:
                for key in row[column.name] if column.kind is IDS else (row[column.name],):
                    if key and key not in ids:
                        tables_of = either(column.refers)
                        problem = message("not_in_table", tables=tables_of)
                        if column.kind is IDS:
                            problem = message("names_not_in_table", id=key, tables=tables_of)
                        remedy = meant(key, ids, message("add_to_table", tables=tables_of))
                        row.error(column.name, problem, remedy)


def check_spans(tables: Tables) -> None:
    """Check that nothing ends before it starts, and that no upper limit is below the lower one."""
    for table, pairs in SPANS.items():
        for row in tables[table]:
            for low, high in pairs:
                start, end = row[low], row[high]
                if start is not None and end is not None and start > end and not row.broken & {low, high}:
                    less = "before_other" if isinstance(start, date) else "less_than_other"
                    shown = f"{low} ({row.written(low)})" if row.written(low) else low
                    row.error(high, message(less, other=shown), message("swap"))


def check_shorthand(tables: Tables) -> None:
    """Check that a company's shorthand columns and the files they abbreviate do not both describe it."""
    for column, table in (("specialists", "specialists"), ("visits_per_4_weeks", "care")):
        rows = {row["company"]: row for row in reversed(tables[table])}
        for company in tables["companies"]:
            if company.written(column) and (other := rows.get(company["id"])):
                company.error(
                    column,
                    message("given_too", row=place_of(other, company)),
                    message("clear_cell_or_rows"),
                )


def check_languages(tables: Tables, level: LanguageLevel) -> None:
    """Check that somebody speaks one of the languages of every group at the required level."""
    spoken = {s.language for row in tables["buddies"] for s in row["languages"] if s.level.rank >= level.rank}
    unspoken: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    groups = [(row, row["languages"]) for row in tables["specialists"]]
    groups += [(row, languages) for row in tables["companies"] for languages, _ in row["specialists"]]
    for row, languages in groups:
        if languages and spoken.isdisjoint(languages):
            unspoken[languages].append(row)
    for languages, rows in unspoken.items():
        column = "specialists" if "specialists" in rows[0] else "languages"
        more = len(rows) - 1
        asked = {"languages": "/".join(languages), "level": level.value}
        problem = message("unspoken_further", **asked, count=more) if more else message("unspoken", **asked)
        rows[0].warn(column, problem, message("correct_or_add_language"))


def check_buddies(tables: Tables, districts: Sequence[str]) -> None:
    """Check a buddy's districts and shifts (one a day, none on Sundays), and that a match is possible."""
    open_sundays = {
        row["who"]
        for row in tables["availability"]
        if row["open"]
        and row["state"] is AbsenceState.CONFIRMED
        and (not row["weekdays"] or SUNDAY in row["weekdays"])
    }
    for row in tables["buddies"]:
        for key in row["districts"]:
            if key not in districts:
                row.error(
                    "districts",
                    message("no_district_here", district=key),
                    meant(key, districts, allowed_are(tuple(districts))),
                )
        unlimited = not row["sectors"] and not row["tags"] and not row.broken
        if row["mandate"] in {Mandate.SECTOR, Mandate.BOTH} and unlimited:
            row.warn(
                "sectors",
                message("mandate_without_sectors", mandate=row["mandate"].value),
                message("name_sectors"),
            )
        if row["id"] in row["deputies"]:
            row.error("deputies", message("deputy_of_oneself"), message("name_other_deputy"))
        one_shift_a_day(row)
        if row["vehicle"] is not Vehicle.CAR and not row.broken:
            row.error("vehicle", message("only_by_car"), message("leave_vehicle_empty"))
        if row["sun"] and row["id"] not in open_sundays:
            row.warn("sun", message("usual_sundays"), message("open_single_sundays"))


def one_shift_a_day(row: Row) -> None:
    """Read several spans of a day as one shift, which the row reports."""
    for day in WEEKDAYS:
        if len(windows := row[day]) > 1:
            row[day] = ((windows[0][0], windows[-1][1]),)
            row.repaired(day, message("several_spans"), message("read_as_one_span"))


def check_availability(tables: Tables) -> None:
    """Check that a rule that opens usual hours has such hours on one of its weekdays."""
    usual = {row["id"]: row for table in ("buddies", "companies") for row in tables[table]}
    for row in tables["availability"]:
        who = usual.get(row["who"])
        if who and row["open"] and not row["hours"] and not row.broken:
            days = [WEEKDAYS[i] for i in row["weekdays"] or range(7)]
            if not any(who[day] for day in days):
                row.warn(
                    "hours",
                    message("nothing_opens"),
                    message("give_hours"),
                )


def check_needs(tables: Tables) -> None:
    """Check that open requests, and appointments without buddies, are at companies that are looked after."""
    inactive = {
        row["id"]: row["state"]
        for row in tables["companies"]
        if row["state"] is not CompanyState.ACTIVE and not _dated(row)
    }
    dated = {row["id"]: row for row in tables["companies"] if _dated(row)}
    asked = [row for row in tables["requests"] if row["state"] is RequestState.OPEN]
    asked += [row for row in tables["appointments"] if not row["buddies"]]
    for row in asked:
        if row["company"] in inactive and not row.broken:
            state = inactive[row["company"]].value
            row.warn("company", message("need_of_inactive", state=state), message("activate_or_name_buddies"))
        elif row["company"] in dated and not row.broken:
            column, day = ("due", row["due"]) if "due" in row else ("start", row["start"].date())
            if not active_on(_Dates(dated[row["company"]]), day):
                row.warn(column, message("need_in_pause", day=day), message("move_or_end_pause"))


def _dated(row: Row) -> bool:
    """Return whether a company's pause or end has a day."""
    return any(row[column] for column in PAUSE)


class _Dates:
    """What of a company's row says when it is looked after."""

    def __init__(self, row: Row) -> None:
        self.state = row["state"]
        self.paused_from, self.paused_until, self.ended_on = (row[column] for column in PAUSE)


def check_appointments(tables: Tables) -> None:
    """Check that an appointment has a place and attendees."""
    for row in tables["appointments"]:
        if not row["company"] and not row["place"] and not row.broken:
            row.error("place", message("empty_like_company"), message("name_place"))
        if not row["company"] and not row["buddies"] and not row.broken:
            row.error(
                "buddies",
                message("empty_like_company"),
                message("name_participants"),
            )


def check_history(tables: Tables, first_day: date) -> None:
    """Check that past contacts lie before the first planned day."""
    dated = [(row, "date") for row in tables["history"]]
    dated += [(row, "last_contact") for row in tables["companies"]]
    for row, column in dated:
        if row[column] is not None and row[column] >= first_day:
            row.warn(column, message("after_first_day", day=first_day), message("correct_date"))
