"""What makes of a register's problem another one, as operations: for changes that are values of rows."""

from collections.abc import Iterator
from typing import Any

from data.model.dated import Availability
from data.model.problem import Problem
from data.register.changes.operations import Act, Operation
from data.register.from_problem import hours_of, values_of
from data.register.rows.kinds import KINDS
from data.register.rows.policy import POLICY, POLICY_COLUMNS, policy_values
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow

WITH_IDS = ("hosts", "buddies", "companies")
RULES = ("pins", "bans")


def operations_between(register: Register, before: Problem, after: Problem) -> list[Operation]:
    """Return what changes the register of a problem so that its problem is another one.

    Both have the same hosts, buddies, companies and care, with other values; absences may be added, pins and
    bans added and taken away, rules changed. Anything else is not told.
    """
    found = [step for entity in WITH_IDS for step in _changed(register, before, after, entity)]
    found += _care(register, before, after)
    found += [_entered("availability", each, after) for each in _added(before, after, "availability")]
    for entity in RULES:
        found += _taken_away(register, before, after, entity)
        found += [_entered(entity, each, after) for each in _added(before, after, entity)]
    found += _policy(register, before, after)
    return found


def _changed(register: Register, before: Problem, after: Problem, entity: str) -> Iterator[Operation]:
    now = {each.id: each for each in getattr(after, entity)}
    for each in getattr(before, entity):
        row, other = register.row(entity, each.id), now.get(each.id)
        if other and row and other != each:
            values = _others(values_of(KINDS[entity], each, before), values_of(KINDS[entity], other, after))
            if hours_of(each) != hours_of(other):
                values |= hours_of(other)  # all days, since an empty one would mean the usual hours or none
            yield Operation(Act.CHANGE, entity, row.id, values, row.version)


def _care(register: Register, before: Problem, after: Problem) -> Iterator[Operation]:
    kind, rows = KINDS["care"], list(register.of("care"))
    for each, other in zip(before.care, after.care, strict=True):
        if each != other:
            was = values_of(kind, each, before)
            row = next(row for row in rows if _says(row, was))
            rows.remove(row)
            yield Operation(
                Act.CHANGE, "care", row.id, _others(was, values_of(kind, other, after)), row.version
            )


def _taken_away(register: Register, before: Problem, after: Problem, entity: str) -> Iterator[Operation]:
    gone = {(each.buddy, each.company) for each in _added(after, before, entity)}
    for row in register.of(entity):
        if (row.values["buddy"], row.values["company"]) in gone:
            yield Operation(Act.REMOVE, entity, row.id, version=row.version)


def _policy(register: Register, before: Problem, after: Problem) -> Iterator[Operation]:
    row = register.row(POLICY, POLICY)
    if before.policy != after.policy and row:
        was, other = policy_values(before.policy), policy_values(after.policy)
        known = {each.name for each in POLICY_COLUMNS}
        values = {name: text for name, text in _others(was, other).items() if name in known}
        yield Operation(Act.CHANGE, POLICY, POLICY, values, row.version)


def _added(before: Problem, after: Problem, name: str) -> list[Any]:
    held = list(getattr(before, name))
    return [each for each in getattr(after, name) if each not in held]


def _entered(entity: str, each: Any, after: Problem) -> Operation:
    values = values_of(KINDS[entity], each, after)
    if isinstance(each, Availability):
        values["to"] = each.last.isoformat()
    return Operation(Act.ENTER, entity, values=values)


def _others(was: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """Return the texts that differ, an empty one where there is none any more."""
    names = [*other, *(name for name in was if name not in other)]
    return {name: other.get(name, "") for name in names if was.get(name) != other.get(name)}


def _says(row: RegisterRow, values: dict[str, str]) -> bool:
    parsed = row.parsed
    return all(row.kind.column[name].kind.write(parsed[name]) == text for name, text in values.items())
