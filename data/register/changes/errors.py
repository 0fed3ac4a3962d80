"""Why a change set is not entered: wrong values, or somebody else who changed the same rows."""

from dataclasses import dataclass
from typing import ClassVar

from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.findings import Finding
from data.register.rows.row import Values
from data.store.database.record import Conflict


class RowsWrong(BuddyplanError):
    """The rows that would result have errors, all of which are named; nothing was entered.

    `keys` are entity and id of the row of each operation, also of those that got an id only now.
    """

    kind: ClassVar[str] = "rows_wrong"

    def __init__(self, findings: tuple[Finding, ...], keys: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message("entries_wrong", count=len(findings)))
        self.findings, self.keys = findings, keys


@dataclass(frozen=True)
class Clash:
    """A row that changed since it was read: its version and values now, and those that were sent."""

    entity: str
    id: str
    version: int | None
    now: Values
    sent: Values


class RowsChanged(Conflict):
    """Rows have changed since they were read; nothing was entered, and both values are there to choose."""

    kind: ClassVar[str] = "rows_changed"

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        named = message("entry_called", table=message(f"table_{clashes[0].entity}"), id=clashes[0].id)
        super().__init__(message("entries_changed", count=len(clashes), first=named))
        self.clashes = clashes
