"""The rows of a problem, as operations that enter them: for programmes stored before there was a register."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.base.entity import Entity
from data.model.dated import Availability, Term
from data.model.identity import Identities
from data.model.problem import Base, Buddy, Company, Place, Problem
from data.model.vocabulary import Mandate
from data.register.changes.operations import NO_MORE_CARE, Act, Operation
from data.register.rows.kinds import KINDS, EntityKind
from data.register.rows.load import COLUMN_OF
from data.register.rows.policy import POLICY, policy_values
from data.register.rows.row import Whereabouts
from data.tables.times import WEEKDAYS


def operations_of(problem: Problem, identities: Identities) -> list[Operation]:
    """Return what enters all rows of a problem; `problem_of` of the result equals it.

    Buddies who work in all districts have none named, as in files. Contacts of visits that nobody made, and
    free texts, are as the problem has them.
    """
    found = [
        Operation(
            Act.ENTER, entity, "" if kind.owner else each.id, _values(kind, each, problem, identities),
            where=_where(each),
        )
        for entity, kind in KINDS.items()
        if entity != POLICY
        for each in _entities(problem, entity)
    ]  # fmt: skip
    if len(policy := policy_values(problem.policy)) > 1:
        found.append(Operation(Act.CHANGE, POLICY, POLICY, policy))
    return found


def _entities(problem: Problem, entity: str) -> Sequence[Any]:
    rows: Sequence[Any] = getattr(problem, entity)
    return rows


def values_of(kind: EntityKind, each: Entity, problem: Problem) -> dict[str, str]:
    """Return what a row of a problem has in the columns of its fields; hours and names are not among them."""
    values = {
        column.name: column.kind.write(value)
        for column in kind.columns
        if column.field and _said(value := getattr(each, column.field), column.default)
    }
    if isinstance(each, Buddy) and _everywhere(each, problem):
        values.pop("districts", None)
    return values


def _values(kind: EntityKind, each: Entity, problem: Problem, identities: Identities) -> dict[str, str]:
    values = values_of(kind, each, problem) | hours_of(each)
    if isinstance(each, Company):
        values |= NO_MORE_CARE
    if isinstance(each, Availability):
        values["to"] = each.last.isoformat()
    if kind.name == "requests":
        values["raised"] = each.raised.isoformat()  # type: ignore[attr-defined]
    if kind.name == "appointments":
        values["minutes"] = str(each.minutes)  # type: ignore[attr-defined]
    return values | _personal(kind, each, identities)


def _said(value: Any, default: str) -> bool:
    """Return whether a value has to be written: an empty one only where that is not the default."""
    return value not in (None, "", ()) and (value is not False or bool(default))


def hours_of(each: Entity) -> dict[str, str]:
    """Return the usual hours of each day; all seven are written, so that no default takes their place.

    A term has those of which it says something.
    """
    if not isinstance(each, Buddy | Company | Term):
        return {}
    week = each.opening if isinstance(each, Company) else each.shifts
    write = KINDS["companies"].column["mon"].kind.write
    said = zip(WEEKDAYS, week, strict=True)
    return {day: write(windows) for day, windows in said if windows is not None}


def _everywhere(buddy: Buddy, problem: Problem) -> bool:
    """Return whether a buddy without named districts would have the same."""
    anywhere = not buddy.sectors if buddy.mandate is Mandate.EITHER else buddy.mandate is not Mandate.SECTOR
    return anywhere and buddy.districts == tuple(each.ags for each in problem.programme.districts)


def _personal(kind: EntityKind, each: Any, identities: Identities) -> dict[str, str]:
    if not kind.personal or kind.owner:
        return {}
    columns: Mapping[str, str] = COLUMN_OF[kind.name]
    person = identities.of(each.id).model_dump()
    values = {columns.get(name, name): text for name, text in person.items() if name != "id" and text}
    return {name: text for name, text in values.items() if name in kind.personal}


def _where(each: Any) -> Whereabouts | None:
    match each:
        case Base() if each.point:
            return Whereabouts(each.point)
        case Buddy():
            return Whereabouts(each.base)
        case Company():
            return Whereabouts(each.point, each.district)
        case Place():
            return Whereabouts(each.point)
    return None
