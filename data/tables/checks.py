"""Checks across rows and tables: ids, references, date ranges and contradictions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from data.model.calendar import SUNDAY, public_holidays
from data.model.findings import meant
from data.model.vocabulary import LanguageLevel, Mandate, RelationRole
from data.tables.cells import IDS
from data.tables.columns import ANYONE, COLUMNS
from data.tables.rows import Row
from data.tables.times import WEEKDAYS

Tables = Mapping[str, Sequence[Row]]
"""The rows of every table; a missing table has none."""

SPANS = {
    "hosts": [("grant_from", "grant_to")],
    "buddies": [("employed_from", "employed_to"), ("min_care_hours", "max_care_hours")],
    "relations": [("from", "to")],
    "requests": [("raised", "due")],
    "availability": [("from", "to")],
}


def check_ids(tables: Tables) -> None:
    """Check that ids are unique; buddies, companies and places share one set of ids."""
    for shared in (("hosts",), ANYONE, ("requests",), ("appointments",)):
        first: dict[str, Row] = {}
        for row in (row for table in shared for row in tables[table] if row["id"]):
            before = first.setdefault(row["id"].casefold(), row)
            if before is not row:
                where = (
                    f"row {before.number}"
                    if before.file == row.file
                    else f"{before.file} row {before.number}"
                )
                same = "is the id of" if before["id"] == row["id"] else "differs only in case from the id of"
                row.error("id", f"{same} {where} too", "give each its own id, or take one of the rows away")


def check_references(tables: Tables, unread: frozenset[str]) -> None:
    """Check that referenced rows exist; references to tables that could not be read are not reported."""
    for table, columns in COLUMNS.items():
        for column in (column for column in columns if column.refers and unread.isdisjoint(column.refers)):
            ids = {row["id"] for target in column.refers for row in tables[target]}
            for row in tables[table]:
                for key in row[column.name] if column.kind is IDS else (row[column.name],):
                    if key and key not in ids:
                        where = " or ".join(column.refers)
                        problem = f'names "{key}", which' if column.kind is IDS else ""
                        remedy = meant(key, ids, f"add it to {where}, or correct the id")
                        row.error(column.name, f"{problem} is not in {where}".strip(), remedy)


def check_spans(tables: Tables) -> None:
    """Check that nothing ends before it starts, and that no upper limit is below the lower one."""
    for table, pairs in SPANS.items():
        for row in tables[table]:
            for low, high in pairs:
                start, end = row[low], row[high]
                if start is not None and end is not None and start > end and not row.broken & {low, high}:
                    less = "is before" if isinstance(start, date) else "is less than"
                    shown = f"{low} ({row.written(low)})" if row.written(low) else low
                    row.error(high, f"{less} {shown}", "swap or correct the two")


def check_shorthand(tables: Tables) -> None:
    """Check that a company's shorthand columns and the files they abbreviate do not both describe it."""
    for column, table in (("specialists", "specialists"), ("visits_per_4_weeks", "care")):
        rows = {row["company"]: row for row in reversed(tables[table])}
        for company in tables["companies"]:
            if company.written(column) and (other := rows.get(company["id"])):
                company.error(
                    column,
                    f"is given in {other.file} row {other.number} too",
                    "clear the cell, or take those rows away",
                )


def check_main_relations(tables: Tables) -> None:
    """Check that a company has at most one main buddy at a time."""
    spans: dict[str, list[tuple[date, date, Row]]] = defaultdict(list)
    for row in tables["companies"]:
        if row["buddy"]:
            spans[row["id"]].append((row["buddy_since"] or date.min, date.max, row))
    for row in tables["relations"]:
        if row["role"] is RelationRole.MAIN and not row.broken:
            spans[row["company"]].append((row["from"] or date.min, row["to"] or date.max, row))
    for lasting in spans.values():
        lasting.sort(key=lambda span: span[:2])
        _, busy_until, holder = lasting[0]
        for start, end, row in lasting[1:]:
            if start <= busy_until:
                where = f"{holder.file} row {holder.number}"
                row.error(
                    "buddy",
                    f"is a second main buddy while that of {where} lasts",
                    "end one of the two, or give it another role",
                )
            if end > busy_until:
                busy_until, holder = end, row


def check_pins(tables: Tables) -> None:
    """Check that a company is pinned to one buddy at most, and not to one that is banned from it."""
    banned = {(row["buddy"], row["company"]): row for row in tables["bans"]}
    pinned: dict[str, Row] = {}
    for row in tables["pins"]:
        if ban := banned.get((row["buddy"], row["company"])):
            row.error(
                "company",
                f"is pinned to a buddy that {ban.file} row {ban.number} bans from it",
                "take one of the two rows away",
            )
        before = pinned.setdefault(row["company"], row)
        if before["buddy"] != row["buddy"]:
            row.error(
                "company", f"is pinned to another buddy in row {before.number}", "pin a company to one buddy"
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
        further = f", as in {more} further row{'s' if more > 1 else ''}" if more else ""
        problem = f"asks for {'/'.join(languages)}, which no buddy speaks at {level} or better{further}"
        rows[0].warn(
            column, problem, "correct the code, or add the language to a buddy; until then nobody can"
        )


def check_buddies(tables: Tables, districts: Sequence[str]) -> None:
    """Check a buddy's districts and shifts (one a day, none on Sundays), and that a match is possible."""
    for row in tables["buddies"]:
        for key in row["districts"]:
            if key not in districts:
                row.error(
                    "districts",
                    f'names "{key}", which is no district here',
                    meant(key, districts, f"allowed are {', '.join(districts)}"),
                )
        if row["mandate"] in {Mandate.SECTOR, Mandate.BOTH} and not row["sectors"] and not row.broken:
            row.warn(
                "sectors",
                f"is empty, so the mandate {row['mandate']} matches no company",
                "name sectors, or take the mandate region",
            )
        for day in WEEKDAYS:
            if len(windows := row[day]) > 1:
                row[day] = ((windows[0][0], windows[-1][1]),)
                row.repaired(
                    day,
                    "has several spans, but a shift is one",
                    "read from the first start to the last end; breaks are planned in it",
                )
        if row["sun"]:
            row.warn("sun", "is never worked as usual hours", "open single Sundays in availability")


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
                    "is empty and there are no usual hours on those weekdays, so nothing opens",
                    "give hours, such as 09:00-13:00",
                )


def check_appointments(tables: Tables, state: str) -> None:
    """Check that an appointment has a place, attendees, and a day on which they work."""
    for row in tables["appointments"]:
        if not row["company"] and not row["place"] and not row.broken:
            row.error("place", "is empty, and so is company", "name a place or a company")
        if not row["company"] and not row["buddies"] and not row.broken:
            row.error(
                "buddies",
                "is empty, and so is company",
                "name who takes part, or the company whose buddy does",
            )
        if row["start"] is not None:
            day = row["start"].date()
            free = public_holidays(state, day.year).get(day) or ("Sunday" if day.weekday() == SUNDAY else "")
            if free:
                row.warn(
                    "start",
                    f"is on a day off: {free}",
                    "move it, or open that day for its buddies in availability",
                )
