"""Which row of the register a row of a file is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from data.register.changes.operations import Operation
from data.register.rows.kinds import KINDS, EntityKind
from data.register.rows.policy import POLICY
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow, in_order

KNOWN_BY: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "specialists": (("company", "languages", "kind", "arrived"), ("company", "languages"), ("company",)),
    "care": (
        ("company", "mode", "every_weeks", "from"),
        ("company", "mode", "every_weeks"),
        ("company", "mode"),
    ),
    "relations": (("company", "buddy", "role", "from"), ("company", "buddy", "role")),
    "availability": (("who", "from", "to", "weekdays", "hours", "weeks", "open"),),
    "terms": (("buddy", "from"), ("buddy", "to")),
    "bases": (("buddy", "weekdays", "from"), ("buddy", "weekdays")),
    "pins": (("company", "buddy"),),
    "bans": (("company", "buddy"),),
    "history": (
        ("company", "date", "buddy", "mode", "planned_visit"),
        ("company", "date", "buddy", "mode"),
        ("company", "date", "planned_visit"),
        ("company", "date"),
    ),
}
"""Columns by which a row without an id is known; where they find none, the next ones are tried."""
ONLY_THAT = frozenset(("company", "date", "buddy"))
"""All that a list says of a contact that was on a day, such as the last one: it may be any of that day."""
Pair = tuple[Operation, RegisterRow | None]


def matched(register: Register, entity: str, rows: Sequence[Operation]) -> list[Pair]:
    """Return the rows of a file, each with the row of the register that it is, None for a new one."""
    kind = KINDS[entity]
    if not kind.owner:
        key = (lambda row: POLICY) if entity == POLICY else (lambda row: row.id)
        return [(row, register.row(entity, key(row))) for row in rows]
    free = in_order(list(register.of(entity)))
    found: dict[int, RegisterRow] = {}
    for columns in KNOWN_BY[entity]:
        left = [i for i in range(len(rows)) if i not in found and _may_be_by(rows[i], columns)]
        taken = {id(row) for row in found.values()}
        found |= dict(_by(kind, columns, rows, left, [row for row in free if id(row) not in taken]))
    return [(row, found.get(i)) for i, row in enumerate(rows)]


def _may_be_by(given: Operation, columns: tuple[str, ...]) -> bool:
    """Return whether some columns tell which row this is: a reported contact is not another of its day."""
    return given.entity != "history" or columns != ("company", "date") or given.values.keys() <= ONLY_THAT


def _by(
    kind: EntityKind,
    columns: Iterable[str],
    rows: Sequence[Operation],
    left: Iterable[int],
    free: Iterable[RegisterRow],
) -> Iterator[tuple[int, RegisterRow]]:
    """Yield the rows that some columns find, in the order of both."""
    names = tuple(columns)
    waiting: dict[tuple[Any, ...], list[RegisterRow]] = defaultdict(list)
    for row in free:
        waiting[tuple(_value(kind, name, row.values) for name in names)].append(row)
    for candidates in waiting.values():
        candidates.reverse()
    for i in left:
        candidates = waiting.get(tuple(_value(kind, name, rows[i].values) for name in names), [])
        if candidates:
            yield i, candidates.pop()


def _value(kind: EntityKind, name: str, values: Mapping[str, str]) -> str:
    """Return the text of a column, the default where it is empty."""
    return values.get(name) or kind.column[name].default
