"""A proposal: what files would add, change and end in a register; nothing happens before it is taken."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.model.vocabulary import CompanyState, RequestState
from data.register.changes.operations import NO_MORE_CARE, Act, Operation
from data.register.changes.relations import ended_before, first_day, is_main, last_day
from data.register.lists.file_rows import FileRows
from data.register.lists.matched import Pair, matched
from data.register.rows.kinds import KINDS, WHEREABOUTS
from data.register.rows.load import TOLD_AS
from data.register.rows.policy import POLICY
from data.register.rows.register import Key, Register
from data.register.rows.row import RegisterRow
from data.register.rows.values import same_value
from data.store.register.imported import LastImport

NEVER_ENDED = ("history", POLICY)
"""Entities of which a complete list ends nothing: what happened, happened."""
FieldKey = tuple[str, str, str]
"""Entity, id and column."""


@dataclass(frozen=True)
class FieldChange:
    """A field in which file and register differ: as last imported (None: never), here, and in the file.

    In a conflict both have moved since the last import; the register's value stays unless the file's is
    chosen.
    """

    column: str
    imported: str | None
    register: str
    file: str
    conflict: bool


@dataclass(frozen=True)
class RowChange:
    """A row that the files change, or would if its conflicts were decided for them."""

    row: RegisterRow
    given: Operation
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Proposal:
    """What files would do to a register.

    `same` are the rows that they have as they are, each with what the file says; `ended` the operations that
    end rows which a complete list lacks.
    """

    register: Register
    last: LastImport
    added: tuple[Operation, ...]
    changed: tuple[RowChange, ...]
    ended: tuple[Operation, ...]
    same: tuple[Pair, ...]
    columns: Mapping[str, frozenset[str]]

    @property
    def conflicts(self) -> tuple[tuple[RowChange, FieldChange], ...]:
        """The fields that both sides have changed."""
        return tuple((row, field) for row in self.changed for field in row.fields if field.conflict)

    @property
    def empty(self) -> bool:
        """Whether the files would change nothing."""
        return not (
            self.added or self.ended or any(not each.conflict for row in self.changed for each in row.fields)
        )

    def operations(self, from_file: Collection[FieldKey] = ()) -> list[Operation]:
        """Return what takes the proposal; `from_file` names the conflicts in which the file is right."""
        wanted = [each for row in self.changed if (each := _change(row, from_file))]
        return [*self.added, *wanted, *self.ended]


def propose(register: Register, files: FileRows, last: LastImport, today: date, complete: bool) -> Proposal:
    """Return what files would do after the last import.

    A list that is `complete` ends the rows that it lacks; a table that is missing ends nothing.
    """
    pairs = [pair for entity in KINDS for pair in matched(register, entity, files.rows[entity])]
    changed, same, added = [], [], []
    for given, row in pairs:
        if row is None:
            if not _says_nothing(given, register, files):
                added.append(_new(given))
            continue
        fields = tuple(_fields(given, row, files.columns[row.entity], last))
        if fields:
            changed.append(RowChange(row, given, fields))
        else:
            same.append((given, row))
    found = {(row.entity, row.id) for _, row in pairs if row}
    successions = list(_succeeded(register, added, found, today))
    ended = list(_ended(register, files, found, last, today)) if complete else []
    taken = {(each.entity, each.id) for each in ended}
    ended += [each for each in successions if (each.entity, each.id) not in taken]
    return Proposal(register, last, tuple(added), tuple(changed), tuple(ended), tuple(same), files.columns)


def _says_nothing(given: Operation, register: Register, files: FileRows) -> bool:
    """Return whether a row only follows from a company of the files, which is known: the usual care."""
    kind = KINDS[given.entity]
    spoken = files.columns[kind.name] & kind.column.keys()
    return bool(kind.owner) and not spoken and given.values[kind.owner] in register.rows["companies"]


def _new(given: Operation) -> Operation:
    if given.entity != "companies":
        return given
    return replace(given, values={**given.values, **NO_MORE_CARE})


def _fields(
    given: Operation, row: RegisterRow, columns: Collection[str], last_import: LastImport
) -> Iterator[FieldChange]:
    """Yield the fields in which a file differs from the register, by its columns."""
    kind, person = row.kind, last_import.people.get(row.id, {})
    imported = last_import.rows.get((row.entity, row.id))
    for name in (name for name in kind.column if name in columns and name != "id"):
        mine, theirs = row.values.get(name, ""), given.values.get(name, "")
        if same_value(kind, name, mine, theirs) or _is_there(row, name, theirs):
            continue
        told_as = TOLD_AS[kind.name].get(name, name)
        last = person.get(told_as, "") if name in kind.personal and person else None
        if name not in kind.private and imported is not None:
            last = imported.get(name, "")
        if last is not None and same_value(kind, name, last, theirs):
            continue
        moved = last is None or not same_value(kind, name, last, mine)
        yield FieldChange(name, last, mine, theirs, moved and bool(mine or last))


def _is_there(row: RegisterRow, name: str, theirs: str) -> bool:
    """Return whether a coordinate of a file is where the row is anyway, found by its address."""
    if name not in ("lat", "lon") or not theirs or row.where is None or row.values.get(name):
        return False
    return bool(round(getattr(row.where.point, name), 5) == round(float(theirs), 5))


def _change(change: RowChange, from_file: Collection[FieldKey]) -> Operation | None:
    row = change.row
    wanted = [
        each for each in change.fields if not each.conflict or (row.entity, row.id, each.column) in from_file
    ]
    if not wanted:
        return None
    moved = any(each.column in WHEREABOUTS for each in wanted)
    values = {each.column: each.file for each in wanted}
    return Operation(
        Act.CHANGE,
        row.entity,
        row.id,
        values,
        row.version,
        change.given.where if moved else None,
        change.given.read_from,
    )


def _succeeded(
    register: Register, added: list[Operation], found: Collection[Key], today: date
) -> Iterator[Operation]:
    """Yield what ends the relations that another main buddy of the files takes over.

    The new relation begins today unless the files say when.
    """
    for i, given in enumerate(added):
        if given.entity != "relations" or not is_main(given.values):
            continue
        begins = first_day(given.values, today)
        overlapping = [
            row
            for row in register.about({given.values["company"]})
            if row.entity == "relations"
            and is_main(row.values)
            and ("relations", row.id) not in found
            and last_day(row.values) >= begins
            and first_day(row.values) <= last_day(given.values)
        ]
        if overlapping:
            added[i] = replace(given, values={**given.values, "from": begins.isoformat()})
        for row in overlapping:
            yield ended_before(row, begins)


def _ended(
    register: Register, files: FileRows, found: Collection[Key], last: LastImport, today: date
) -> Iterator[Operation]:
    """Yield what ends the rows that a complete list lacks; requests that no list ever had stay."""
    yesterday = (today - timedelta(days=1)).isoformat()
    ends: dict[str, dict[str, str]] = {
        "companies": {"state": CompanyState.ENDED, "ended_on": yesterday},
        "specialists": {"to": yesterday},
        "care": {"to": yesterday},
        "buddies": {"employed_to": yesterday},
        "relations": {"to": yesterday},
        "requests": {"state": RequestState.WITHDRAWN},
    }
    for entity, kind in KINDS.items():
        if entity in NEVER_ENDED or not files.columns[entity] & kind.column.keys():
            continue
        for row in register.of(entity):
            if (entity, row.id) in found or (entity == "requests" and ("requests", row.id) not in last.rows):
                continue
            begins = row.values.get("from") or row.values.get("arrived") or ""
            if entity not in ends or (entity in ("care", "specialists") and begins > yesterday):
                yield Operation(Act.REMOVE, entity, row.id, version=row.version)
            elif _lasts(row, yesterday):
                yield Operation(Act.CHANGE, entity, row.id, ends[entity], row.version)


def _lasts(row: RegisterRow, yesterday: str) -> bool:
    """Return whether a row has not ended by itself."""
    match row.entity:
        case "companies":
            return row.values.get("state") != CompanyState.ENDED
        case "requests":
            return row.values.get("state", RequestState.OPEN) == RequestState.OPEN
        case "buddies":
            return (row.values.get("employed_to") or "9999") > yesterday
        case _:
            return (row.values.get("to") or "9999") > yesterday
