"""What a coordinator may do with the register of a programme, and with the rows of a request."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from api.http.frame.errors import Forbidden
from api.http.frame.state import AppState
from data.access import Coordinator, Sight, in_programme, sees_all
from data.base.message import message
from data.register.changes.draft import Draft
from data.register.rows.register import Key, Register
from data.register.rows.rights import may_change, sees_row
from data.register.rows.row import RegisterRow
from data.store.database.record import NotThere
from data.store.register.change_sets import Change


@dataclass(frozen=True)
class OfReader:
    """A register as one coordinator sees it."""

    by: Coordinator
    sight: Sight
    register: Register

    def rows(self, entity: str) -> list[RegisterRow]:
        """Return the rows of an entity that the coordinator sees."""
        return [row for row in self.register.of(entity) if self.sees(row)]

    def row(self, entity: str, key: str) -> RegisterRow:
        """Return a row; raises `NotThere` if there is none that the coordinator sees."""
        row = self.register.row(entity, key)
        if row is None or not self.sees(row):
            raise NotThere(message("no_such_row", table=message(f"table_{entity}"), id=key))
        return row

    def sees(self, row: RegisterRow) -> bool:
        """Return whether the coordinator sees a row."""
        return sees_row(self.by, self.sight, self.register, row)

    def keeps(self, row: RegisterRow) -> bool:
        """Return whether the coordinator may change a row."""
        return may_change(self.by, self.register, row)

    def expect_may(self, drafted: Draft) -> None:
        """Raise `Forbidden` if a change set changes a row, before or after, that is not the coordinator's."""
        before = [self.register.row(*key) for key in _keys(drafted)]
        mine = all(self.keeps(row) for row in before if row)
        if not (mine and all(may_change(self.by, drafted.register, row) for row in drafted.changed)):
            raise Forbidden(message("row_of_other_host"))

    def shows(self, change: Change) -> bool:
        """Return whether the coordinator sees a change: of a row that is there, and visible."""
        row = self.register.row(change.entity, change.row)
        return sees_all(self.by) or (row is not None and self.sees(row))


def _keys(drafted: Draft) -> Iterable[Key]:
    return (*((row.entity, row.id) for row in drafted.changed), *drafted.removed)


def register_of_reader(app_state: AppState, c: Connection, by: Coordinator, programme: str) -> OfReader:
    """Return the register of a programme, which may have no rows yet; raises `NotThere` for a foreign one."""
    if not in_programme(by, programme):
        raise NotThere(message("no_programme", programme=programme))
    register = app_state.programmes.registers.of(c, programme)
    nothing = Sight(frozenset(), frozenset(), frozenset())
    sight = app_state.sight(c, by, programme) if register.number else nothing
    return OfReader(by, sight, register)
