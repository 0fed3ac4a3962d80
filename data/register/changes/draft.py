"""What a register would become by a change set: the rows, and all that would be wrong; nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.base.dates import minute_of
from data.geo.gazetteer import Gazetteer
from data.model.findings import Finding, Severity
from data.model.programme import Programme
from data.register.changes.changed_rows import ChangedRows
from data.register.changes.checks import check
from data.register.changes.errors import RowsChanged, RowsWrong
from data.register.changes.operations import Operation, expanded
from data.register.rows.register import Key, Register
from data.register.rows.row import RegisterRow


@dataclass(frozen=True)
class Area:
    """The programme that a register belongs to, and the gazetteer in which its rows are looked up.

    None: every row that is entered says where it is.
    """

    programme: Programme
    gazetteer: Gazetteer | None


@dataclass(frozen=True)
class Stamp:
    """What the rows of a change set carry: its number and id, who made it, and when."""

    number: int
    change_set: str
    by_user: str
    at: datetime


@dataclass(frozen=True)
class Draft:
    """The register that would result, the rows that changed in it, and the keys of those that went.

    `keys` are those of the rows of the operations as they were given.
    """

    register: Register
    changed: tuple[RegisterRow, ...]
    removed: tuple[Key, ...]
    keys: tuple[Key, ...]
    findings: tuple[Finding, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not self.changed and not self.removed

    @property
    def rows(self) -> tuple[RegisterRow | None, ...]:
        """The row of each operation as it would be, None for one that went."""
        return tuple(self.register.row(*key) for key in self.keys)


def draft(
    before: Register, area: Area, operations: Sequence[Operation], stamp: Stamp, checked: bool = True
) -> Draft:
    """Return what a change set would make of a register; without checks only where rows are in force already.

    Raises `RowsWrong` where the programme that would result has errors, `RowsChanged` where a row is no
    longer at the version that an operation names, and `data.store.database.record.NotThere` for a row that
    does not exist.
    """
    rows = ChangedRows(before, area.gazetteer, stamp.number, stamp.by_user, stamp.at, not checked)
    given = [rows.named(each) for each in operations]
    for each in expanded(given, rows.findings):
        rows.take(rows.named(each))
    if rows.clashes:
        raise RowsChanged(tuple(rows.clashes))
    changed, removed = rows.changed(), rows.removed()
    after = before.with_rows(stamp.number, stamp.change_set, changed, removed)
    findings = rows.findings if checked else []
    if checked and not _wrong(findings):
        touched = [(row.entity, row.id) for row in changed]
        findings = [*findings, *check(after, area.programme, touched, removed, minute_of(stamp.at)[0])]
    found = tuple(sorted(dict.fromkeys(findings), key=lambda each: each.order))
    keys = tuple((each.entity, each.id) for each in given)
    if wrong := _wrong(found):
        raise RowsWrong(wrong, keys)
    return Draft(after, changed, removed, keys, found)


def _wrong(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(each for each in findings if each.severity is Severity.ERROR)
