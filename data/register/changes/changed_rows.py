"""Rows as a change set leaves them, one operation after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from data.base.errors import BuddyplanError
from data.base.message import message
from data.geo.gazetteer import Gazetteer
from data.model.findings import Finding
from data.register.changes.errors import Clash
from data.register.changes.operations import Act, Operation
from data.register.rows.keys import Keys
from data.register.rows.kinds import KINDS, WHEREABOUTS, EntityKind
from data.register.rows.policy import POLICY
from data.register.rows.register import Key, Register
from data.register.rows.row import RegisterRow, Whereabouts
from data.register.rows.values import canonical, read_values, whereabouts
from data.store.database.record import NotThere
from data.tables.rows import Row


@dataclass
class ChangedRows:
    """The rows that operations have touched so far, with what is wrong with them.

    `as_they_are`: cells that cannot be read keep their text, for rows that are in force already.
    """

    before: Register
    gazetteer: Gazetteer | None
    number: int
    by_user: str
    at: datetime
    as_they_are: bool = False
    now: dict[Key, RegisterRow | None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._keys = Keys(self.before)
        self._position = self.before.last_position

    def named(self, given: Operation) -> Operation:
        """Return an operation with the id of its row: a new one where a row to be entered brings none."""
        kind = KINDS[given.entity]
        if kind.name == POLICY:
            return replace(given, id=POLICY)
        if given.id or given.act is not Act.ENTER:
            return given
        key = "" if kind.owner else given.values.get("id", "").strip()
        if key:
            self._keys.taken(kind.name, key)
        return replace(given, id=key or self._keys.next(kind, given.values))

    def take(self, given: Operation) -> None:
        """Let an operation have its effect; raises `NotThere` for a row that does not exist."""
        key = given.entity, given.id
        found = self.now[key] if key in self.now else self.before.row(*key)
        if given.act is Act.ENTER:
            self._enter(given, found)
            return
        if found is None:
            raise NotThere(message("no_such_row", table=message(f"table_{given.entity}"), id=given.id))
        if given.version not in (None, found.version):
            self.clashes.append(Clash(*key, found.version, found.values, given.values))
        elif given.act is Act.REMOVE and given.entity == POLICY:
            raise BuddyplanError(message("policy_stays"))
        elif given.act is Act.REMOVE:
            self.now[key] = None
        else:
            self._change(given, found)

    def changed(self) -> tuple[RegisterRow, ...]:
        """Return the rows that are new or other than before."""
        kept = (row for row in self.now.values() if row is not None)
        return tuple(row for row in kept if self.before.row(row.entity, row.id) is not row)

    def removed(self) -> tuple[Key, ...]:
        """Return the keys of the rows that were there before and are no longer."""
        return tuple(key for key, row in self.now.items() if row is None and self.before.row(*key))

    def _enter(self, given: Operation, found: RegisterRow | None) -> None:
        kind = KINDS[given.entity]
        values = dict(given.values) if kind.owner else {**given.values, "id": given.id}
        row = self._read(kind, given.id, values)
        if found is not None:
            row.error("id", message("id_taken"), message("give_own_ids"))
        where = given.where or self._where(kind, row)
        self._position += 1
        values = canonical(kind, row, kind.column if self.as_they_are else ())
        self._put(given, values, where, self._position)

    def _change(self, given: Operation, found: RegisterRow) -> None:
        kind = KINDS[given.entity]
        if given.values.get("id", found.id) != found.id:
            row = self._read(kind, found.id, {**found.values, "id": given.values["id"]})
            row.error("id", message("id_stays"), message("leave_id", id=found.id))
            return
        told = len(self.findings)
        row = self._read(kind, found.id, {**found.values, **given.values})
        # What was there before is nobody's fault now, even if it could not be entered today.
        self.findings[told:] = [each for each in self.findings[told:] if each.column in given.values]
        where = given.where or found.where
        if given.where is None and self._moved(kind, row, found):
            where = self._where(kind, row)
        untouched = kind.column.keys() - given.values.keys()
        values = canonical(kind, row, untouched)
        if row.broken & given.values.keys() or values != found.values or where != found.where:
            self._put(given, values, where, found.position)

    def _read(self, kind: EntityKind, key: str, values: Mapping[str, str]) -> Row:
        return read_values(kind, key, values, len(self.now) + 1, self.findings)

    def _where(self, kind: EntityKind, row: Row) -> Whereabouts | None:
        return whereabouts(kind, row, self.gazetteer) if kind.located and self.gazetteer else None

    def _moved(self, kind: EntityKind, row: Row, found: RegisterRow) -> bool:
        return any(
            row.written(name) != found.values.get(name, "") for name in WHEREABOUTS & kind.column.keys()
        )

    def _put(
        self,
        given: Operation,
        values: Mapping[str, str],
        where: Whereabouts | None,
        position: int,
    ) -> None:
        self.now[given.entity, given.id] = RegisterRow(
            given.entity, given.id, values, where, position, self.number, self.at, self.by_user
        )
