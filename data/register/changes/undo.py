"""Take back a change set: a change set too, as long as no later one touched the same fields."""

from collections import defaultdict
from collections.abc import Callable
from typing import ClassVar

from sqlalchemy import Connection

from data.base.message import message
from data.register.changes.draft import Area, Draft
from data.register.changes.enter import By, Entered, enter
from data.register.changes.operations import NO_MORE_CARE, Act, Operation
from data.register.rows.kinds import KINDS
from data.register.rows.load import AT, DISTRICT, Registers, personal_of, whereabouts_of
from data.register.rows.register import Key, Register
from data.register.rows.row import Whereabouts
from data.store.database.record import Conflict
from data.store.register.change_sets import (
    Change,
    ChangeSet,
    Source,
    change_set_of,
    changes_of,
    touched_later,
)
from data.store.register.imported import keep_imported, keep_people_imported, last_import
from data.store.work.matchings import unmark_adopted


class UndoClash(Conflict):
    """A later change set touched the same fields; it would have to be undone first."""

    kind: ClassVar[str] = "undo_clash"

    def __init__(self, later: ChangeSet, change: Change) -> None:
        row = message("entry_called", table=message(f"table_{change.entity}"), id=change.row)
        super().__init__(message("touched_since", number=later.number, row=row))
        self.later = later


def undo(
    c: Connection,
    registers: Registers,
    area: Area,
    made: ChangeSet,
    user: str,
    allow: Callable[[Draft], None] | None = None,
) -> Entered:
    """Enter what takes a change set back; `allow` raises an error for what is not allowed.

    Raises `UndoClash`, `Conflict` for a change set whose values retention has taken, and what
    `data.register.changes.enter.enter` raises where the programme that would result has errors.
    """
    changes = changes_of(c, [made.id])[made.id]
    if not changes or made.source is Source.RETENTION:
        raise Conflict(message("undo_too_old", number=made.number))
    _expect_untouched(c, made, changes)
    operations = _back(registers.of(c, made.programme), changes)
    entered = enter(c, registers, area, operations, By(user, Source.UNDO, undoes=made.id), allow=allow)
    unmark_adopted(c, made.id)
    if _first_made(c, made).source is Source.IMPORT:
        _take_back_imported(c, made.programme, operations)
    return entered


def _first_made(c: Connection, made: ChangeSet) -> ChangeSet:
    """Return the change set that a chain of undoing began with."""
    while made.undoes:
        made = change_set_of(c, made.undoes)
    return made


def _take_back_imported(c: Connection, programme: str, operations: list[Operation]) -> None:
    """Let the last import have had what the rows are again: the same lists propose the same once more."""
    last, rows, people = last_import(c, programme), {}, {}
    for each in operations:
        kind, key = KINDS[each.entity], (each.entity, each.id)
        if each.act is Act.REMOVE or (each.act is Act.CHANGE and key not in last.rows):
            continue
        plain = {name: text for name, text in each.values.items() if name not in kind.private}
        rows[key] = {**last.rows.get(key, {}), **plain}
        if kind.personal:
            people[each.id] = {**last.people.get(each.id, {}), **personal_of(each.entity, each.values)}
    keep_imported(c, programme, rows)
    keep_people_imported(c, programme, people)


def _expect_untouched(c: Connection, made: ChangeSet, changes: list[Change]) -> None:
    fields: dict[Key, set[str]] = defaultdict(set)
    for each in changes:
        fields[each.entity, each.row].add(each.field)
    for later, change in touched_later(c, made.programme, made.number, fields):
        touched = fields[change.entity, change.row]
        if "" in (change.field, *touched) or change.field in touched:
            raise UndoClash(later, change)


def _back(register: Register, changes: list[Change]) -> list[Operation]:
    """Return the operations that lead back, rows that others name first."""
    by_row: dict[Key, list[Change]] = defaultdict(list)
    for each in changes:
        by_row[each.entity, each.row].append(each)
    order = list(KINDS)
    rows = sorted(by_row, key=lambda key: order.index(key[0]))
    return [_operation(register, key, by_row[key]) for key in rows]


def _operation(register: Register, key: Key, changes: list[Change]) -> Operation:
    entity, row = key
    whole = [each for each in changes if not each.field]
    if not whole:
        values = {each.field: each.before or "" for each in changes if each.field in KINDS[entity].column}
        return Operation(Act.CHANGE, entity, row, values, where=_where_before(register, key, changes))
    if any(each.after is not None for each in whole):
        return Operation(Act.REMOVE, entity, row)
    before = {name: text for each in whole for name, text in each.values_before.items()}
    values = {name: text for name, text in before.items() if name in KINDS[entity].column}
    if entity == "companies":
        values |= NO_MORE_CARE
    return Operation(Act.ENTER, entity, row, values, where=whereabouts_of(before))


def _where_before(register: Register, key: Key, changes: list[Change]) -> Whereabouts | None:
    """Return where a row was, None if it did not move."""
    moved = {each.field: each.before or "" for each in changes if each.field in (AT, DISTRICT)}
    found = register.row(*key)
    if not moved or found is None or found.where is None:
        return None
    point = found.where.point
    now = {AT: f"{point.lat!r} {point.lon!r}", DISTRICT: found.where.district}
    return whereabouts_of({**now, **moved})
