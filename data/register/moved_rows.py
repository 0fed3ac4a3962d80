"""Contacts and requests of earlier versions, which had tables of their own, become rows like all others."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection

from data.model.programme import Programme
from data.register.changes.draft import Area
from data.register.changes.enter import By, enter
from data.register.changes.operations import Act, Operation
from data.register.contacts import Reports, contact_of
from data.register.rows.load import Registers, row_of
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow
from data.store.register.change_sets import Source
from data.store.register.rows import not_entered, remove_rows
from data.store.work.programmes import known_programme


def enter_moved(c: Connection, programme: str) -> None:
    """Enter what a migration has moved into a register, which has its other rows by now.

    Each user's requests are a change set of their own, so that it stays known who raised them. Rows keep
    their ids, but for a report that takes the place of a list's contact. Nothing is lost because an id that a
    row names is no longer there.
    """
    moved = sorted((row_of(each, {}) for each in not_entered(c, programme)), key=lambda row: row.id)
    remove_rows(c, programme, [(row.entity, row.id) for row in moved])
    area = Area(Programme(id=programme, state=str(known_programme(c, programme).state)), None)
    registers = Registers()
    for (_, user), rows in groupby(sorted(moved, key=_order), key=_order):
        operations = list(_operations(registers.of(c, programme), list(rows)))
        enter(c, registers, area, operations, By(user, Source.MOVED), checked=False)


def _order(row: RegisterRow) -> tuple[bool, str]:
    """Requests come first, since reports settle them."""
    return row.entity == "history", row.changed_by


def _operations(register: Register, rows: Sequence[RegisterRow]) -> Iterator[Operation]:
    reports = Reports(register)
    for row in rows:
        if row.entity == "history":
            told = contact_of(row)
            yield from reports.operations(told.visit, told.contact, told.id)
        else:
            yield Operation(Act.ENTER, row.entity, row.id, row.values)
