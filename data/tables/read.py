"""Read a programme: CSV files or a workbook become one `Problem`, or findings that say why not."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from data.base.dates import parse_week
from data.base.message import Message, message
from data.geo.gazetteer import Gazetteer
from data.model.findings import Finding, Severity, listed
from data.model.identity import Identities
from data.model.policy import Policy
from data.model.problem import Horizon, Point, Problem
from data.model.programme import Programme
from data.reference.germany import state_of
from data.tables import entities
from data.tables.checks import dated, pairs
from data.tables.checks import tables as across
from data.tables.checks.days_off import check_days_off
from data.tables.checks.presence import check_departures, check_presence
from data.tables.column import ANYONE
from data.tables.columns import COLUMNS, NEEDED_FILES
from data.tables.files.policy_file import PolicyReading, read_policy
from data.tables.lists.ids import NOBODY, Known, make_ids
from data.tables.lists.names import buddies_named, ids_for_names, keys_for_districts
from data.tables.lists.naming import ByHand
from data.tables.lists.rows import rows_of_list
from data.tables.places import identities as identities_of
from data.tables.places import locate, place_key
from data.tables.reader import POLICY, Source, find_source
from data.tables.rows import Row, Tables, apply_default_week, read_cells

LOOKED_AHEAD_WEEKS = 4
"""Whoever leaves so soon is told, even if fewer weeks are planned."""
NAMELESS = "programme"
"""The id of a programme whose policy gives none."""


@dataclass(frozen=True)
class TablesRead:
    """The rows behind a problem, as the files have them, and the columns that each table has there.

    `points` and `districts` say where buddies, companies and places are, by id.
    """

    tables: Tables
    columns: Mapping[str, frozenset[str]]
    points: Mapping[str, Point]
    districts: Mapping[str, str]
    policy: PolicyReading


@dataclass(frozen=True)
class Reading:
    """The result of reading: the problem (None exactly if a finding is an error), identities, findings.

    `rows` are those that the problem was made of, None where there are errors.
    """

    problem: Problem | None
    identities: Identities
    findings: tuple[Finding, ...]
    rows: TablesRead | None = None


def read_programme(
    path: Path, gazetteer: Gazetteer, week: str, weeks: int = 4, by_hand: ByHand | None = None
) -> Reading:
    """Read a programme from a folder or an .xlsx file for `weeks` ISO weeks from `week` on.

    All problems in the files are collected as findings in one run, by file, row and column; no file content
    raises an error. A note `INVENTED.md` beside the files marks the identities as made up. `by_hand` says
    what headers mean that are not known, see `data.tables.lists.mapping`. Raises ValueError
    for a week that does not exist or a number of weeks outside 1 to 53, and `data.geo.geocode.GeocodingError`
    if the gazetteer queries a service that does not answer.
    """
    first_day = parse_week(week)
    horizon = Horizon(first_week=week, weeks=weeks)
    source = find_source(path, by_hand)
    findings = list(source.findings)
    tables, unread = _read_tables(source, gazetteer, findings, NEEDED_FILES)
    policy = read_policy(source.policy)
    findings += policy.findings
    programme = Programme(
        id=policy.programme_id or NAMELESS,
        state=policy.state or gazetteer.state,
        districts=gazetteer.districts(),
    )
    points, districts = _locate(tables, gazetteer)
    findings += _outside(tables, points, districts, policy.state, programme.state)
    _check(tables, unread, policy.policy, programme, first_day)
    keys = [district.ags for district in programme.districts]
    check_presence(tables, policy.policy, programme.state, keys, first_day)
    check_departures(tables, first_day, first_day + timedelta(weeks=max(weeks, LOOKED_AHEAD_WEEKS)))
    identities = Identities(people=identities_of(tables), invented=source.invented)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Reading(None, identities, listed(findings))
    problem = Problem(
        programme=programme,
        horizon=horizon,
        policy=policy.policy,
        hosts=entities.hosts(tables),
        buddies=entities.buddies(tables, points, [district.ags for district in programme.districts]),
        companies=entities.companies(tables, points, districts),
        specialists=entities.specialists(tables),
        care=entities.care(tables),
        relations=entities.relations(tables),
        requests=entities.requests(tables, first_day),
        appointments=entities.appointments(
            tables, entities.occurring_of(tables, programme.state, policy.policy.closed_days, horizon)
        ),
        places=entities.places(tables, points),
        availability=entities.availability(tables),
        pins=entities.pins(tables),
        bans=entities.bans(tables),
        history=entities.history(tables),
        terms=entities.terms(tables),
        bases=entities.bases(tables, points),
    )
    rows = TablesRead(tables, _columns(source), points, districts, policy)
    return Reading(problem, identities, listed(findings), rows)


def read_lists(
    source: Source, gazetteer: Gazetteer, known: Known = NOBODY
) -> tuple[TablesRead | None, tuple[Finding, ...]]:
    """Read tables that are a part of a programme: each row by itself; what they refer to may be elsewhere.

    `known` are those who are there already, whom lists may call by name. Returns the rows, None if a finding
    is an error, and the findings. Raises what `read_programme` does of a service that does not answer.
    """
    findings = list(source.findings)
    tables, _ = _read_tables(source, gazetteer, findings, (), known)
    policy = read_policy(source.policy)
    findings += policy.findings
    located = {table: [row for row in rows if _says_place(row)] for table, rows in tables.items()}
    points, districts = _locate(located, gazetteer)
    across.check_ids(tables)
    across.check_spans(tables)
    across.check_shorthand(tables)
    if not source.sheets and not findings:
        remedy = message("tables_are", tables=tuple(COLUMNS))
        file = source.book or source.folder.name
        findings.append(Finding(Severity.ERROR, file, 0, "", "", message("no_table_here"), remedy))
    if any(finding.severity is Severity.ERROR for finding in findings):
        return None, listed(findings)
    return TablesRead(tables, _columns(source), points, districts, policy), listed(findings)


def _says_place(row: Row) -> bool:
    """Return whether a row has any of a place; in a part of a programme it may be known already."""
    return any(row.written(column) for column in ("lat", "lon", "postcode", "town", "address"))


def _columns(source: Source) -> dict[str, frozenset[str]]:
    return {table: frozenset(sheet.header if sheet else ()) for table, sheet in source.sheets.items()}


def programme_in(path: Path) -> str:
    """Return the id of the programme in a folder, or of the workbook in one, as `read_programme` reads it."""
    return policy_beside(path).programme_id or NAMELESS


def policy_beside(path: Path) -> PolicyReading:
    """Read the policy of the programme in a folder, or of the workbook in one."""
    file = (path if path.is_dir() else path.parent) / POLICY
    return read_policy(file if file.is_file() else None)


def _read_tables(
    source: Source,
    gazetteer: Gazetteer,
    findings: list[Finding],
    needed: Collection[str],
    known: Known = NOBODY,
) -> tuple[dict[str, list[Row]], frozenset[str]]:
    """Return the rows of every table, and the tables that could not be read, whose ids are unknown."""
    tables: dict[str, list[Row]] = {}
    unread = set()
    for table in COLUMNS:
        sheet = source.sheets.get(table)
        rows = rows_of_list(sheet, table, findings) if sheet else None
        tables[table] = rows or []
        if rows is None and (table in source.sheets or table in needed or table == "hosts"):
            unread.add(table)
        elif rows == [] and table in needed:
            problem, remedy = message("no_rows"), message("add_one")
            findings.append(Finding(Severity.ERROR, source.label(table), 0, "", "", problem, remedy))
    findings += [
        Finding(
            Severity.ERROR, source.label(table), 0, "", "", message("missing"), _how_to_add(table, tables)
        )
        for table in needed
        if table not in source.sheets
    ]
    make_ids(tables, known)
    ids_for_names(tables, unread, known)
    keys_for_districts(tables, gazetteer)
    for table, columns in COLUMNS.items():
        read_cells(tables[table], columns)
    for row in (*tables["buddies"], *tables["companies"]):
        apply_default_week(row)
    return tables, frozenset(unread)


def _how_to_add(table: str, tables: Tables) -> Message:
    """Return the remedy for a table that is missing; for buddies, with those whom the other tables name."""
    columns = tuple(column.name for column in COLUMNS[table] if column.needed)
    if table == "buddies" and (named := buddies_named(tables)):
        return message("add_buddies", buddies=named)
    return message("add_table", columns=columns)


def _locate(tables: Tables, gazetteer: Gazetteer) -> tuple[dict[str, Point], dict[str, str]]:
    """Return where every buddy, company, place and base is, and the district of every company inside one."""
    points: dict[str, Point] = {}
    districts: dict[str, str] = {}
    for table in (*ANYONE, "bases"):
        for row in tables[table]:
            point = None if table == "bases" and row["place"] else locate(row, gazetteer)
            if point is None:
                continue
            points[place_key(row)] = point
            if table == "companies":
                district = gazetteer.district_of(point)
                if district:
                    districts[row["id"]] = district
                elif row.written("lat") or state_of(point) in (None, gazetteer.state):  # else it is told
                    column = "lat" if row.written("lat") else "town"
                    row.warn(column, message("outside_districts"), message("check_place"))
    return points, districts


def _outside(
    tables: Tables, points: Mapping[str, Point], districts: Mapping[str, str], chosen: str, state: str
) -> Iterator[Finding]:
    """Yield a finding for each state with several companies that is not the programme's.

    It is an error if no state was chosen and most companies lie there.
    """
    located = [row["id"] for row in tables["companies"] if row["id"] in points]
    elsewhere = Counter(state_of(points[key]) for key in located if key not in districts)
    for other, number in sorted((s, n) for s, n in elsewhere.items() if s and s != state and n > 1):
        severity = Severity.ERROR if not chosen and 2 * number > len(located) else Severity.WARNING
        where = {"state": message(f"german_state_{other}"), "own": message(f"german_state_{state}")}
        problem = message("companies_in_state", number=number, total=len(located), **where)
        yield Finding(
            severity, POLICY, 0, "programme.state", chosen, problem, message("write_state", state=other)
        )


def _check(
    tables: Tables, unread: frozenset[str], policy: Policy, programme: Programme, first_day: date
) -> None:
    across.check_ids(tables)
    across.check_references(tables, unread)
    across.check_spans(tables)
    across.check_shorthand(tables)
    pairs.check_main_relations(tables)
    pairs.check_covers(tables)
    pairs.check_pins(tables)
    if "buddies" not in unread:
        across.check_languages(tables, policy.language_level)
    across.check_buddies(tables, [district.ags for district in programme.districts])
    across.check_availability(tables)
    dated.check_terms(tables)
    across.check_appointments(tables)
    check_days_off(tables, programme.state, policy.closed_days)
    dated.check_repeated(tables, programme.state, policy.closed_days, first_day)
    across.check_history(tables, first_day)
    across.check_needs(tables)
