"""Who may see and change which rows of a register: one rule for lists, changes, the journal and undo."""

from collections.abc import Iterable

from data.access import Coordinator, Sight, sees_all
from data.register.rows.policy import POLICY
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow

SHARED = ("places", POLICY)
"""Entities that belong to no host: every coordinator sees them, the coordinator of all hosts changes them."""


def sees_row(by: Coordinator, sight: Sight, register: Register, row: RegisterRow) -> bool:
    """Return whether a coordinator sees a row: it is about nobody whom the coordinator does not see."""
    if sees_all(by) or row.entity in SHARED:
        return True
    if row.entity == "hosts":
        return row.id == by.host or any(
            each.values.get("host") == row.id and each.id in sight.buddies | sight.companies
            for entity in ("buddies", "companies")
            for each in register.of(entity)
        )
    return sight.sees(*_about(register, row))


def may_change(by: Coordinator, register: Register, row: RegisterRow) -> bool:
    """Return whether a coordinator may enter, change or remove a row: that of one host only its own rows."""
    if sees_all(by):
        return True
    if row.entity in ("hosts", *SHARED):
        return False
    hosts = {host for key in _owners(register, row) for host in _hosts_of(register, row, key)}
    return hosts == {by.host}


def _about(register: Register, row: RegisterRow) -> set[str]:
    """Return the ids of the buddies, companies and places that a row is about."""
    if row.entity in ("buddies", "companies"):
        return {row.id}
    named = {key for column in row.kind.columns if column.refers for key in _keys(row, column.name)}
    named -= (
        register.rows["hosts"].keys() - register.rows["companies"].keys() - register.rows["buddies"].keys()
    )
    return named


def _owners(register: Register, row: RegisterRow) -> Iterable[str]:
    """Return those whose row it is: the company where it names one, else all buddies that it names."""
    if row.entity in ("buddies", "companies"):
        return (row.id,)
    owner = row.values.get("company") or row.values.get("who")
    if owner:
        return (owner,)
    return _keys(row, "buddies") or _keys(row, "buddy") or ("",)


def _hosts_of(register: Register, row: RegisterRow, key: str) -> Iterable[str]:
    if key == row.id and row.entity in ("buddies", "companies"):
        return (row.values.get("host", ""),)
    found = register.row("companies", key) or register.row("buddies", key)
    return (found.values.get("host", "") if found else "",)


def _keys(row: RegisterRow, column: str) -> tuple[str, ...]:
    return tuple(row.values.get(column, "").split())
