"""Checks of the programme that would result from a change, by the rules for files.

A small change is checked together with the rows that it has to do with, so that it does not take longer in a
large programme.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from data.base.message import Message, message
from data.model.findings import Finding, Severity
from data.model.programme import Programme
from data.register.rows.kinds import KINDS
from data.register.rows.policy import POLICY, policy_in
from data.register.rows.register import Key, Register
from data.register.rows.row import RegisterRow
from data.tables.checks import dated, pairs
from data.tables.checks import tables as across
from data.tables.checks.days_off import check_days_off
from data.tables.checks.presence import check_departures, check_presence
from data.tables.column import ANYONE
from data.tables.columns import COLUMNS
from data.tables.read import LOOKED_AHEAD_WEEKS
from data.tables.rows import Row, Tables

MANY = 300
"""A change of more rows is checked with all others."""
SHARED_IDS = (("hosts",), ANYONE, ("requests",), ("appointments",))


def check(
    register: Register, programme: Programme, touched: Collection[Key], removed: Collection[Key], today: date
) -> list[Finding]:
    """Return what is wrong with a register: all errors, and the warnings about rows that were touched."""
    findings: list[Finding] = []
    rows = _everything(register) if len(touched) > MANY else _around(register, touched)
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for number, row in enumerate(rows, start=1):
        if row.entity == POLICY:
            findings += policy_in(row.values)[1]
        else:
            tables[row.entity].append(row.as_table_row(number, findings))
    findings += _same_ids(register, touched)
    findings += _still_named(register, removed)
    mine, before = set(touched), len(findings)
    across.check_references(tables, frozenset())
    # Of other rows the removed ones tell. What earlier versions had of companies that are gone may stay so.
    findings[before:] = [each for each in findings[before:] if _key(each) in mine]
    _check(tables, register, programme, today)
    return [each for each in findings if each.severity is Severity.ERROR or _key(each) in mine]


def _key(finding: Finding) -> Key:
    return finding.file, getattr(finding, "id", "")


def _check(tables: Tables, register: Register, programme: Programme, today: date) -> None:
    across.check_spans(tables)
    pairs.check_main_relations(tables)
    pairs.check_covers(tables)
    pairs.check_pins(tables)
    across.check_languages(tables, register.policy.language_level)
    across.check_buddies(tables, [district.ags for district in programme.districts])
    across.check_availability(tables)
    dated.check_terms(tables)
    across.check_appointments(tables)
    check_days_off(tables, programme.state, register.policy.closed_days)
    dated.check_repeated(tables, programme.state, register.policy.closed_days, today)
    across.check_history(tables, today + timedelta(days=1))
    across.check_needs(tables)
    check_presence(
        tables, register.policy, programme.state, [each.ags for each in programme.districts], today
    )
    check_departures(tables, today, today + timedelta(weeks=LOOKED_AHEAD_WEEKS))


def _everything(register: Register) -> Iterable[RegisterRow]:
    return (row for kind in KINDS for row in register.of(kind))


def _around(register: Register, touched: Collection[Key]) -> Iterable[RegisterRow]:
    """Return the rows that were touched, those about the same companies and people, and whom these name.

    Hosts, buddies and places are few and always among them.
    """
    changed = [row for entity, key in touched if (row := register.row(entity, key))]
    about = {each for row in changed for each in _named(row) if each in register.rows["companies"]}
    about |= {row.id for row in changed if row.entity in ANYONE}
    rows = {(row.entity, row.id): row for row in (*changed, *register.about(about))}
    for entity in ("requests", "appointments"):
        rows |= {(entity, row.id): row for row in register.of(entity) if about & _named(row)}
    if register.policy.least_presence and any(row.entity == "availability" for row in changed):
        rows |= {(row.entity, row.id): row for row in register.of("availability")}
    for entity in ("hosts", "buddies", "places"):
        rows |= {(entity, row.id): row for row in register.of(entity)}
    companies = {each for row in rows.values() for each in _named(row)} | about
    for key in companies & register.rows["companies"].keys():
        rows["companies", key] = register.rows["companies"][key]
    return rows.values()


def _named(row: RegisterRow) -> set[str]:
    """Return the ids that a row names."""
    columns = (column.name for column in row.kind.columns if column.refers)
    return {key for name in columns for key in row.values.get(name, "").split()}


def _same_ids(register: Register, touched: Collection[Key]) -> Iterable[Finding]:
    """Yield an error for each id that another row has as well, whatever its case."""
    for shared in SHARED_IDS:
        mine = {key: entity for entity, key in touched if entity in shared}
        if not mine:
            continue
        folded: dict[str, list[Key]] = {key.casefold(): [] for key in mine}
        for entity in shared:
            for key in register.rows[entity]:
                if (alike := folded.get(key.casefold())) is not None:
                    alike.append((entity, key))
        for key, entity in mine.items():
            others = [other for other in folded[key.casefold()] if other != (entity, key)]
            if others and (row := register.row(entity, key)):
                named = message("entry_called", table=message(f"table_{others[0][0]}"), id=others[0][1])
                same = "same_id" if others[0][1] == key else "id_differs_in_case"
                yield from _error(row, "id", message(same, row=named), "give_own_ids")


def _still_named(register: Register, removed: Collection[Key]) -> Iterable[Finding]:
    """Yield an error for each row that names one which is taken away."""
    gone = set(removed)
    for row in register.naming(gone) if gone else ():
        for column in (column for column in row.kind.columns if column.refers):
            for key in row.values.get(column.name, "").split():
                if any((entity, key) in gone for entity in column.refers):
                    yield from _error(row, column.name, message("names_removed", id=key), "end_or_change_it")


def _error(row: RegisterRow, column: str, problem: Message, remedy: str) -> list[Finding]:
    found: list[Finding] = []
    row.as_table_row(0, found).error(column, problem, message(remedy))
    return found
