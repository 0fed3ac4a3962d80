"""Take a proposal: one change set, and what the files had, for the comparison with the next ones."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from data.register.changes.draft import Area
from data.register.changes.enter import By, Entered, enter
from data.register.changes.operations import Act, Operation
from data.register.lists.proposal import FieldKey, Proposal
from data.register.rows.kinds import KINDS
from data.register.rows.load import Registers, personal_of
from data.register.rows.register import Key
from data.register.rows.row import RegisterRow, Values
from data.store.register.imported import keep_imported, keep_people_imported


def take(
    c: Connection,
    registers: Registers,
    area: Area,
    proposal: Proposal,
    by: By,
    from_file: Collection[FieldKey] = (),
) -> Entered:
    """Enter what a proposal would do; raises what `data.register.changes.enter.enter` raises."""
    operations = proposal.operations(from_file)
    entered = enter(c, registers, area, operations, by)
    given: list[tuple[Key, Operation, Values]] = [
        (key, each, {})
        for each, key in zip(operations, entered.draft.keys, strict=True)
        if each.act is Act.ENTER
    ]
    known = [(_key(each.row), each.given) for each in proposal.changed]
    known += [(_key(row), each) for each, row in proposal.same if row]
    given += [(key, each, proposal.last.rows.get(key, {})) for key, each in known]
    _keep(c, area.programme.id, given, proposal)
    return entered


def _key(row: RegisterRow) -> Key:
    return row.entity, row.id


def _keep(
    c: Connection, programme: str, given: Iterable[tuple[Key, Operation, Values]], proposal: Proposal
) -> None:
    """Store what the files had; columns that they do not have stay as an earlier import had them."""
    rows, people = {}, {}
    for (entity, key), each, before in given:
        kind, columns = KINDS[entity], proposal.columns[entity]
        held = {name: text for name, text in each.values.items() if name in kind.column and name in columns}
        earlier = {name: text for name, text in before.items() if name not in columns}
        rows[entity, key] = earlier | {name: text for name, text in held.items() if name not in kind.private}
        if kind.personal:
            people[key] = personal_of(entity, held)
    keep_imported(c, programme, rows)
    keep_people_imported(c, programme, people)
