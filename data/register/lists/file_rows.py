"""Rows of files as the register has them: one notation, shorthand spelt out, hosts that only others name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.register.changes.operations import Act, Operation, expanded
from data.register.rows.kinds import KINDS, LOCATED, EntityKind
from data.register.rows.policy import POLICY, policy_values
from data.register.rows.row import Whereabouts
from data.register.rows.values import canonical
from data.tables.places import place_key
from data.tables.read import TablesRead
from data.tables.rows import Row

FileRow = Operation
"""A row of a file, as the operation that would enter it."""


@dataclass(frozen=True)
class FileRows:
    """All rows of the files of a programme by entity, in their order, and the columns that the files have.

    An entity whose table is missing has no columns: files say nothing about it.
    """

    rows: Mapping[str, list[FileRow]]
    columns: Mapping[str, frozenset[str]]


def rows_of_files(read: TablesRead) -> FileRows:
    """Return the rows that were read."""
    rows: dict[str, list[FileRow]] = {entity: [] for entity in KINDS}
    for each in expanded([*_implied_hosts(read), *_of_tables(read)]):
        rows[each.entity].append(each)
    columns = {entity: read.columns.get(entity, frozenset()) for entity in KINDS}
    if len(policy := policy_values(read.policy.policy)) > 1 or read.policy.programme_id:
        rows[POLICY].append(Operation(Act.ENTER, POLICY, POLICY, policy))
        columns[POLICY] = frozenset(KINDS[POLICY].column)
    return FileRows(rows, _with_shorthand(columns))


def _of_tables(read: TablesRead) -> Iterator[Operation]:
    for entity, kind in KINDS.items():
        for row in read.tables.get(entity, ()):
            yield Operation(
                Act.ENTER,
                entity,
                "" if kind.owner else row["id"],
                _values(kind, row),
                where=_where(read, kind, row),
                read_from=(row.file, row.number),
            )


def _values(kind: EntityKind, row: Row) -> dict[str, str]:
    """Return the cells of a row; those of shorthand as they are written, since they are spelt out later."""
    short = {name: text for name, text in row.text.items() if name not in kind.column}
    return canonical(kind, row) | short


def _where(read: TablesRead, kind: EntityKind, row: Row) -> Whereabouts | None:
    if kind.name not in LOCATED or (key := place_key(row)) not in read.points:
        return None
    return Whereabouts(read.points[key], read.districts.get(key, ""))


def _implied_hosts(read: TablesRead) -> list[Operation]:
    """Return the hosts that buddies and companies name, where no file lists hosts."""
    if read.tables["hosts"]:
        return []
    named = {row["host"] for table in ("buddies", "companies") for row in read.tables[table]}
    return [Operation(Act.ENTER, "hosts", key, {"id": key}) for key in sorted(named - {""})]


def _with_shorthand(columns: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return the columns of each entity, with those of which the companies' shorthand speaks."""
    found = dict(columns)
    for short, entity, names in SPOKEN:
        if short in columns["companies"]:
            found[entity] |= frozenset(names)
    return found


SPOKEN = (
    ("specialists", "specialists", ("company", "languages", "count")),
    ("visits_per_4_weeks", "care", ("company", "mode", "every_weeks", "times")),
    ("visit_min", "care", ("company", "minutes")),
    ("buddy", "relations", ("company", "buddy", "role")),
    ("buddy_since", "relations", ("from",)),
    ("last_contact", "history", ("company", "date")),
)
"""Shorthand of companies, and which columns of which entity it fills."""
