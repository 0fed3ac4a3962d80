"""The small office in a store, and what tests do with it."""

from sqlalchemy import Connection

from data.model.identity import Identities
from data.register.changes.enter import By, Entered, enter
from data.register.changes.operations import Operation
from data.register.rows.load import Registers
from data.store.register.change_sets import Source
from data.store.work.programmes import keep_programme
from tests.data.register.office import ROWS, area, entering

USER = "office"


def begun(c: Connection, registers: Registers) -> Entered:
    """Store the small office in one change set."""
    keep_programme(c, area().programme, Identities())
    return changed(c, registers, *(entering(entity, **values) for entity, values in ROWS))


def changed(c: Connection, registers: Registers, *operations: Operation) -> Entered:
    return enter(c, registers, area(), operations, By(USER, Source.DESK))
