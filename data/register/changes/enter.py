"""The one way to change a register: a change set is entered whole, or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data.register.changes.draft import Area, Draft, Stamp, draft
from data.register.changes.journal import journal_of
from data.register.changes.operations import Operation
from data.register.rows.load import Registers, person_of, stored_of
from data.register.rows.register import Register
from data.store.people.audit import audit_moment
from data.store.register.change_sets import ChangeSet, Source, keep_change_set, new_set_id
from data.store.register.people import keep_people
from data.store.register.rows import keep_rows, remove_rows, replace_rows
from data.store.work.programmes import lock_programme


@dataclass(frozen=True)
class By:
    """Who changes something, and through what.

    `note` is for the journal, `undoes` the change set that is taken back. Of what buddies do themselves
    (`Source.BUDDY`) only the day is kept.
    """

    user: str
    source: Source
    note: str = ""
    undoes: str | None = None


@dataclass(frozen=True)
class Entered:
    """What was entered; `change_set` is None where everything was so already."""

    change_set: ChangeSet | None
    draft: Draft


def enter(
    c: Connection,
    registers: Registers,
    area: Area,
    operations: Sequence[Operation],
    by: By,
    checked: bool = True,
    allow: Callable[[Draft], None] | None = None,
) -> Entered:
    """Enter a change set into the register of a programme, within a writing transaction.

    Only rows that are in force already, without a register, and reports on visits of a published plan need no
    checks. `allow` raises an error for what is not allowed.

    Raises what `data.register.changes.draft.draft` raises; nothing was written then.
    """
    lock_programme(c, area.programme.id)
    before = registers.of(c, area.programme.id)
    made = _made(before, by)
    drafted = draft(before, area, operations, Stamp(made.number, made.id, made.by_user, made.at), checked)
    if drafted.empty:
        return Entered(None, drafted)
    if allow:
        allow(drafted)
    _keep(c, before, drafted)
    keep_change_set(c, made, *journal_of(before, drafted.changed, drafted.removed))
    return Entered(made, drafted)


def _made(before: Register, by: By) -> ChangeSet:
    at = audit_moment(by.source is Source.BUDDY)
    return ChangeSet(
        new_set_id(), before.programme, before.number + 1, at, by.user, by.source, by.note, by.undoes
    )


def _keep(c: Connection, before: Register, drafted: Draft) -> None:
    """Write rows and personal values.

    Names of rows that went stay until retention takes them: earlier plans have these people and companies.
    """
    programme = before.programme
    known = [row for row in drafted.changed if before.is_stored(row.entity, row.id)]
    new = [row for row in drafted.changed if not before.is_stored(row.entity, row.id)]
    remove_rows(c, programme, drafted.removed)
    replace_rows(c, programme, [stored_of(row) for row in known])
    keep_rows(c, programme, [stored_of(row) for row in new])
    people = {row.id: person_of(row) for row in drafted.changed if row.kind.personal}
    keep_people(c, programme, people)
